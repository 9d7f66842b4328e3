/*
 * Clears a workspace of what came in: everything, or what belongs to one channel, account or record. Records, accounts,
 * the team, API keys and what people decided stay, unless they are asked for; docs/decisions/clear-and-erase.md says
 * what stays besides, and why.
 *
 * A workspace may hold ten million messages, and whoever writes in it waits for the transaction before: so it goes in
 * chunks, a transaction each, and a call does as many as fit into its time. Whether there is more is in its answer; a
 * call that was cut short, by whatever, is simply repeated.
 */
import { KithError } from '@kith/contracts';
import type { Database, Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { addWalk } from '../blobs/garbage.ts';
import { clearAccounts, clearRecords } from './clear-besides.ts';
import { countCleared } from './count-cleared.ts';
import { addCounts, beginRemoval, type Counts } from './removal.ts';
import type { Clearing, Scope } from './scope.ts';
import {
  clearDeadLetters,
  clearMedia,
  clearMessages,
  clearPeople,
  clearRelations,
  clearSightings,
  clearStrays,
  clearSyncs,
  type Step,
} from './steps.ts';
import { inOrder } from './tables.ts';

/** What to clear; `records`, `accounts` and `decisions` only go with everything. */
export interface ClearRequest {
  scope: Scope;
  records: boolean;
  accounts: boolean;
  decisions: boolean;
}

/** How many rows of each table went, and whether there is nothing left to do. */
export interface Cleared {
  cleared: Record<string, number>;
  done: boolean;
}

/** When a call stops, by which clock; `onChunk` hears of each committed chunk. */
export interface ClearOptions {
  now(): Date;
  /** How long a call goes on with further chunks. */
  workMs: number;
  onChunk?(): void;
}

/** Clears until it is done or the time is up. */
export async function clearWorkspace(
  db: Database,
  { workspace, ...request }: ClearRequest & { workspace: string },
  options: ClearOptions,
): Promise<Cleared> {
  const clearing = clearingOf(workspace, request);
  const counts: Counts = new Map();
  const began = performance.now();
  const isTimeUp = () => performance.now() - began > options.workMs;
  await db.write(workspace, (tx) => prepare(tx, request, options.now().toISOString()));
  for (const step of stepsOf(request)) {
    for (;;) {
      const { found, removed } = await db.write(workspace, async (tx) => {
        const removal = beginRemoval(tx, options.now().toISOString());
        return { found: await step(removal, clearing), removed: removal.counts };
      });
      addCounts(counts, removed);
      if (found === 0) break;
      options.onChunk?.();
      if (isTimeUp()) return { cleared: inOrder(counts, request), done: false };
    }
  }
  return { cleared: inOrder(counts, request), done: true };
}

/** What a clear would remove now. */
export async function previewClear(
  db: Database,
  { workspace, ...request }: ClearRequest & { workspace: string },
): Promise<Cleared> {
  await db.write(workspace, (tx) => requireScope(tx, request.scope));
  const counts = await countCleared(db, clearingOf(workspace, request), request);
  return { cleared: inOrder(counts, request), done: true };
}

const clearingOf = (workspace: string, { scope, decisions }: ClearRequest): Clearing => ({
  workspace,
  scope,
  keepsDecisions: !decisions,
});

/** Bodies that no row names go too: those that brought nothing new, or that only told of a message. */
async function prepare(tx: Tx, { scope }: ClearRequest, at: string): Promise<void> {
  await requireScope(tx, scope);
  if (scope.kind !== 'record') await addWalk({ tx, at });
}

async function requireScope(tx: Tx, scope: Scope): Promise<void> {
  if (scope.kind === 'record') {
    const known = await tx.rows(sql`select 1 from record
      where workspace_id = ${tx.workspace} and record_id = ${scope.recordId}`);
    if (known.length > 0) return;
    throw new KithError('record_not_found', `no record "${scope.recordId}"`, { field: 'recordId' });
  }
}

/** Messages first: they are what people see, and what holds nearly everything else. */
function stepsOf({ records, accounts }: ClearRequest): Step[] {
  return [
    // First, so that nothing comes back from a past that is still being fetched.
    clearSyncs,
    clearMessages,
    clearSightings,
    clearStrays,
    clearRelations,
    clearPeople,
    clearMedia,
    clearDeadLetters,
    ...(records ? [clearRecords] : []),
    ...(accounts ? [clearAccounts] : []),
  ];
}
