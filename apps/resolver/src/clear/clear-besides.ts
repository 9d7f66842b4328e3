/*
 * What a clear of everything removes only when it is told to: records with their pipelines, and accounts.
 */
import { accountSubject, type AccountState, type Fact, type Identifier } from '@kith/contracts';
import { textArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts, writeStates } from '../outbox/outbox.ts';
import { participantsConcernedBy } from '../records/known-records.ts';
import { participantsHolding } from '../resolve/holders.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import { type Removal, remove } from './removal.ts';
import type { Step } from './steps.ts';

const recordsMax = 500;

/** Records, and the history of their merges. Whoever a person linked to one is unlinked until it comes back. */
export const clearRecords: Step = async (removal) => {
  const { tx, at } = removal;
  const records = await tx.rows<{ id: string; live: boolean }>(sql`
    select record_id as id, deleted_at is null and merged_into is null as live from record
    where workspace_id = ${tx.workspace} order by record_id limit ${recordsMax}`);
  if (records.length === 0) return clearPipelines(removal);
  const recordIds = records.map(({ id }) => id);
  const concerned = await participantsConcernedBy(tx, recordIds);
  const ids = textArray(recordIds);
  const isTheirs = sql`(t.record_id = any(${ids}) or t.source_record_id = any(${ids}))`;
  await remove(removal, 'record_identifier', isTheirs);
  await remove(removal, 'record_hint', isTheirs);
  await remove(removal, 'record', sql`t.record_id = any(${ids})`);
  await resolveParticipants(tx, concerned, { reason: 'record_deleted', at });
  const live = records.filter((record) => record.live);
  await writeFacts(
    tx,
    live.map(({ id }): Fact => ({ type: 'record.deleted', data: { recordId: id } })),
    at,
  );
  return records.length;
};

async function clearPipelines(removal: Removal): Promise<number> {
  const entries = await remove(removal, 'link_event', sql`t.participant_id is null`);
  const pipelines = await remove(removal, 'pipeline', sql`true`);
  return entries + pipelines;
}

/** Accounts with what they are themselves. The ingest services are told, and answer their webhooks 404. */
export const clearAccounts: Step = async (removal) => {
  const { tx, at } = removal;
  const accounts = await tx.rows<AccountState>(sql`
    select 1 as version, workspace_id as workspace, account_id as "accountId", channel, provider,
      sealed_secrets as "sealedSecrets", settings, true as deleted
    from account where workspace_id = ${tx.workspace}`);
  const own = await tx.rows<Identifier>(sql`
    select distinct kind, value from account_identifier where workspace_id = ${tx.workspace}`);
  await remove(removal, 'account_identifier', sql`true`);
  await remove(removal, 'account', sql`true`);
  await writeStates(
    tx,
    accounts.map((state) => ({ subject: accountSubject(tx.workspace, state.accountId), payload: state })),
  );
  await resolveParticipants(tx, await participantsHolding(tx, own), { reason: 'account_changed', at });
  return accounts.length + own.length;
};
