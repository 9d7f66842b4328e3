/*
 * Takes a migration back: its decisions, what only its accounts brought, the records it created. The old tables were
 * only read, so there is nothing to do there.
 *
 * Whether Kith can clear is asked first, so that nothing is half done. A decision that a person changed since is that
 * person's and stays, and so is a record that somebody works with under its id: it is deleted, and upserting it brings
 * it back. Started again after an interruption it goes on.
 */
import { type KithClient, kithError } from '@kith/client';
import { legacyMethod } from './apply-links.ts';
import { clearAccount } from './clear-account.ts';
import { channels } from './identify.ts';
import type { Journal } from './journal.ts';
import { type KnownParticipant, readDirectory } from './kith-participants.ts';
import type { Mapping } from './mapping.ts';

/** What was taken back. */
export interface RolledBack {
  decisions: number;
  /** Decisions that cannot be taken back, because people decided again since. */
  kept: number;
  records: number;
  /** Rows of Kith by table. */
  cleared: Record<string, number>;
}

/** Rolls back; with `dryRun` only says what would be. */
export async function rollBack(
  kith: KithClient,
  { mapping, journal, dryRun }: { mapping: Mapping; journal: Journal; dryRun: boolean },
): Promise<RolledBack> {
  const accountIds = await connectedAccounts(kith, mapping);
  const wouldClear = await clearAll(kith, accountIds, { dryRun: true });
  const decided = (await readDirectory(kith, new Set())).linkedBy(legacyMethod);
  const entries = await journal.read();
  const recordIds = [...new Set(entries.flatMap((entry) => entry.recordIds))];
  if (dryRun) {
    return { decisions: decided.length, kept: 0, records: recordIds.length, cleared: wouldClear };
  }
  const decisions = await undoAll(kith, decided);
  const cleared = await clearAll(kith, accountIds, { dryRun: false });
  const records = await deleteRecords(kith, recordIds);
  await journal.remove();
  return { ...decisions, records, cleared };
}

/** Those of the migration that are connected: an account that is not has brought nothing. */
async function connectedAccounts(kith: KithClient, { accounts }: Mapping): Promise<string[]> {
  const { items } = await kith.read.accounts.list.query();
  const known = new Set(items.map(({ accountId }) => accountId));
  return channels.map((channel) => accounts[channel].accountId).filter((accountId) => known.has(accountId));
}

async function clearAll(
  kith: KithClient,
  accountIds: readonly string[],
  options: { dryRun: boolean },
): Promise<Record<string, number>> {
  const total: Record<string, number> = {};
  for (const accountId of accountIds) {
    const cleared = await clearAccount(kith, accountId, options);
    for (const [table, count] of Object.entries(cleared)) total[table] = (total[table] ?? 0) + count;
  }
  return total;
}

async function undoAll(
  kith: KithClient,
  decided: readonly KnownParticipant[],
): Promise<{ decisions: number; kept: number }> {
  let [decisions, kept] = [0, 0];
  for (const { id } of decided) {
    if (await undoDecision(kith, id)) decisions += 1;
    else kept += 1;
  }
  return { decisions, kept };
}

/** Undoes the entry that made the participant's link. */
async function undoDecision(kith: KithClient, participantId: string): Promise<boolean> {
  const { history, recordId } = await kith.read.participants.explain.query({ participantId });
  const made = history.find(
    (entry) => entry.method === legacyMethod && entry.recordId === recordId && !entry.undone,
  );
  if (made === undefined) return false;
  try {
    await kith.write.participants.undo.mutate({ eventId: made.causedBy ?? made.eventId });
    return true;
  } catch (err) {
    const code = kithError(err)?.code;
    if (code === 'undo_conflict' || code === 'already_undone') return false;
    throw err;
  }
}

/** One that is not there was never created, or is deleted already. */
async function deleteRecords(kith: KithClient, recordIds: readonly string[]): Promise<number> {
  let deleted = 0;
  for (const recordId of recordIds) {
    try {
      if ((await kith.write.records.delete.mutate({ recordId })).deleted) deleted += 1;
    } catch (err) {
      if (kithError(err)?.code !== 'record_not_found') throw err;
    }
  }
  return deleted;
}
