/*
 * Writes syncs, their parts, and the tasks for the ingest services, in the transaction of who asked: a fixed number of
 * statements, however many records are asked for. A sync of which no part can be asked has ended when it begins.
 */
import { randomUUID } from 'node:crypto';
import { beginningOfTask, type Fact, type SyncTask, syncTaskSubject } from '@kith/contracts';
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts, writeStates } from '../outbox/outbox.ts';
import type { PlannedPart } from './plan-parts.ts';

/** A sync to begin. */
export interface NewSync {
  scope: 'record' | 'account' | 'reconcile';
  recordId: string | null;
  accountId: string | null;
  since: string | null;
  until: string;
  parts: readonly PlannedPart[];
}

/** Begins the syncs and answers their ids, in their order. */
export async function writeSyncs(
  tx: Tx,
  syncs: readonly NewSync[],
  { actor, at }: { actor: string; at: string },
): Promise<string[]> {
  if (syncs.length === 0) return [];
  const begun = syncs.map((sync) => ({ ...sync, syncId: randomUUID() }));
  const parts = begun.flatMap((sync) =>
    sync.parts.map((part): BegunPart => ({ ...part, sync, partId: randomUUID() })),
  );
  await insertSyncs(tx, begun, { actor, at });
  await insertParts(tx, parts, at);
  const asked = parts.filter(({ notPossible }) => notPossible === null);
  await writeStates(
    tx,
    asked.map((part) => {
      const task = taskOf(tx.workspace, part);
      return { subject: syncTaskSubject(task.channel, tx.workspace, task.partId), payload: task };
    }),
  );
  await writeFacts(tx, begun.flatMap(factsOf), at);
  return begun.map(({ syncId }) => syncId);
}

type BegunSync = NewSync & { syncId: string };
type BegunPart = PlannedPart & { sync: BegunSync; partId: string };

const canBegin = ({ parts }: NewSync): boolean => parts.some(({ notPossible }) => notPossible === null);

async function insertSyncs(
  tx: Tx,
  syncs: readonly BegunSync[],
  { actor, at }: { actor: string; at: string },
): Promise<void> {
  const rows = syncs.map((sync) => ({
    id: sync.syncId,
    scope: sync.scope,
    record_id: sync.recordId,
    account_id: sync.accountId,
    finished_at: canBegin(sync) ? null : at,
  }));
  const columns = 'id uuid, scope text, record_id text, account_id text, finished_at timestamptz';
  await tx.rows(sql`
    insert into sync (workspace_id, id, scope, record_id, account_id, actor, requested_at, finished_at)
    select ${tx.workspace}, id, scope, record_id, account_id, ${actor}, ${at}::timestamptz, finished_at
    from ${rowSet(rows, columns)}`);
}

async function insertParts(tx: Tx, parts: readonly BegunPart[], at: string): Promise<void> {
  const rows = parts.map(({ partId, sync, account, identifiers, notPossible }) => ({
    id: partId,
    sync_id: sync.syncId,
    account_id: account.accountId,
    channel: account.channel,
    provider: account.provider,
    scope: sync.scope,
    record_id: sync.recordId,
    identifiers: identifiers === null ? null : identifiers.map(({ kind, value }) => `${kind} ${value}`),
    since: sync.since,
    until: sync.until,
    state: notPossible === null ? 'running' : 'not_possible',
    reason: notPossible,
    finished_at: notPossible === null ? null : at,
  }));
  const columns =
    'id uuid, sync_id uuid, account_id text, channel text, provider text, scope text, record_id text, ' +
    'identifiers text[], since timestamptz, until timestamptz, state text, reason text, finished_at timestamptz';
  await tx.rows(sql`
    insert into sync_part (workspace_id, id, sync_id, account_id, channel, provider, scope, record_id, identifiers,
      since, until, state, reason, requested_at, updated_at, finished_at)
    select ${tx.workspace}, id, sync_id, account_id, channel, provider, scope, record_id, identifiers, since,
      until, state, reason, ${at}::timestamptz, ${at}::timestamptz, finished_at
    from ${rowSet(rows, columns)}`);
}

function taskOf(workspace: string, { partId, sync, account, identifiers }: BegunPart): SyncTask {
  const { accountId, channel, provider } = account;
  const { since, until, syncId } = sync;
  return {
    ...beginningOfTask,
    syncId,
    partId,
    workspace,
    accountId,
    channel,
    provider,
    identifiers,
    since,
    until,
  };
}

function factsOf(sync: BegunSync): Fact[] {
  const { syncId, recordId, accountId } = sync;
  const record = recordId === null ? {} : { recordId };
  const account = accountId === null ? {} : { accountId };
  const requested: Fact = { type: 'sync.requested', data: { syncId, ...record, ...account } };
  if (canBegin(sync)) return [requested];
  return [requested, { type: 'sync.completed', data: { syncId, ...record, stored: 0 } }];
}
