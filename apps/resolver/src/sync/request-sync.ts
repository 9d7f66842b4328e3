/*
 * Begins a sync because somebody asked for it, or because a record gained an identifier.
 *
 * A record's history is that of everybody who is linked to it: besides its own identifiers those of its participants
 * are asked for, because providers know a person by ids that no CRM holds. A sync that asks the same and still runs is
 * answered instead of a second one.
 */
import { type Channel, type Identifier, KithError } from '@kith/contracts';
import { textArray, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { type AskedAccount, planParts, type PlannedPart } from './plan-parts.ts';
import { type NewSync, writeSyncs } from './write-syncs.ts';

/** Who asks, and when. */
export interface Asking {
  actor: string;
  at: string;
}

/** Begins the sync of a record. Throws `record_not_found`, `record_merged`. */
export async function syncRecord(
  tx: Tx,
  { recordId, channels }: { recordId: string; channels: readonly Channel[] | null },
  asking: Asking,
): Promise<string> {
  await requireRecord(tx, recordId);
  const accounts = await readAccounts(tx);
  const asked = accounts.filter(({ channel }) => channels === null || channels.includes(channel));
  const parts = planParts(asked, await identifiersOf(tx, recordId));
  const running = await findSame(tx, recordId, parts);
  if (running !== null) return running;
  const begun: NewSync = {
    scope: 'record',
    recordId,
    accountId: null,
    since: null,
    until: asking.at,
    parts,
  };
  const [syncId = ''] = await writeSyncs(tx, [begun], asking);
  return syncId;
}

/** Which of an account's past to ask for. */
export interface AccountPast {
  accountId: string;
  /** `reconcile` to see whether anything of a recent window is missing. */
  scope: 'account' | 'reconcile';
  /** From the beginning where it is null. */
  since: string | null;
  until: string;
}

/** Begins the sync of everything that an account holds of a time. Throws `account_not_found`. */
export async function syncAccount(tx: Tx, past: AccountPast, asking: Asking): Promise<string> {
  const { accountId } = past;
  const account = (await readAccounts(tx)).find((candidate) => candidate.accountId === accountId);
  if (account === undefined) {
    throw new KithError('account_not_found', `no account ${accountId}`, { field: 'accountId' });
  }
  const begun: NewSync = { ...past, recordId: null, parts: planParts([account], null) };
  const [syncId = ''] = await writeSyncs(tx, [begun], asking);
  return syncId;
}

/** What records just came to be known by. */
export interface GainedIdentifier extends Identifier {
  recordId: string;
}

/** Begins a sync of each record that gained something, with the accounts whose settings allow it (`autoSync`). */
export async function syncGained(tx: Tx, gained: readonly GainedIdentifier[], asking: Asking): Promise<void> {
  if (gained.length === 0) return;
  const accounts = (await readAccounts(tx)).filter(({ settings }) => settings['autoSync'] === true);
  if (accounts.length === 0) return;
  const syncs = [...identifiersByRecord(gained)].flatMap(([recordId, identifiers]): NewSync[] => {
    const parts = planParts(accounts, identifiers).filter(({ notPossible }) => notPossible === null);
    if (parts.length === 0) return [];
    return [{ scope: 'record', recordId, accountId: null, since: null, until: asking.at, parts }];
  });
  await writeSyncs(tx, syncs, { ...asking, actor: 'rule' });
}

function identifiersByRecord(gained: readonly GainedIdentifier[]): Map<string, Identifier[]> {
  const byRecord = new Map<string, Identifier[]>();
  for (const { recordId, kind, value } of gained) {
    const known = byRecord.get(recordId) ?? [];
    byRecord.set(recordId, [...known, { kind, value }]);
  }
  return byRecord;
}

async function requireRecord(tx: Tx, recordId: string): Promise<void> {
  const [row] = await tx.rows<{ isDeleted: boolean; mergedInto: string | null }>(sql`
    select deleted_at is not null as "isDeleted", merged_into as "mergedInto" from record
    where workspace_id = ${tx.workspace} and record_id = ${recordId}`);
  if (row !== undefined && row.mergedInto !== null) {
    const message = `record ${recordId} was merged into record ${row.mergedInto}: sync that one`;
    throw new KithError('record_merged', message, { field: 'recordId' });
  }
  if (row === undefined || row.isDeleted) {
    throw new KithError('record_not_found', 'no record with this id', { field: 'recordId' });
  }
}

const readAccounts = (tx: Tx): Promise<AskedAccount[]> =>
  tx.rows<AskedAccount>(sql`
    select account_id as "accountId", channel, provider, settings from account
    where workspace_id = ${tx.workspace} and deleted_at is null order by account_id`);

/** The record's own and those of who is linked to it. */
const identifiersOf = (tx: Tx, recordId: string): Promise<Identifier[]> =>
  tx.rows<Identifier>(sql`
    select ri.kind, ri.value from record_identifier ri
    where ri.workspace_id = ${tx.workspace} and ri.record_id = ${recordId}
    union
    select pi.kind, pi.value from participant p
    join participant_identifier pi on pi.workspace_id = p.workspace_id and pi.participant_id = p.id
    where p.workspace_id = ${tx.workspace} and p.record_id = ${recordId}
    order by kind, value`);

/** A sync of the record that still runs and asks the same accounts for the same. */
async function findSame(tx: Tx, recordId: string, parts: readonly PlannedPart[]): Promise<string | null> {
  const asked = parts.map(({ account, identifiers }) =>
    [account.accountId, ...(identifiers ?? []).map(({ kind, value }) => `${kind} ${value}`)].join(' '),
  );
  const rows = await tx.rows<{ syncId: string }>(sql`
    select s.id as "syncId" from sync s
    where s.workspace_id = ${tx.workspace} and s.record_id = ${recordId} and s.finished_at is null
      and ${textArray(asked.toSorted())} = array(
        select array_to_string(p.account_id || p.identifiers, ' ') from sync_part p
        where p.workspace_id = s.workspace_id and p.sync_id = s.id
        order by array_to_string(p.account_id || p.identifiers, ' ') collate "C")
    order by s.requested_at desc limit 1`);
  return rows[0]?.syncId ?? null;
}
