/*
 * Disconnects an account: its secrets are forgotten, the ingest services are told and answer its webhooks 404, and what
 * is being fetched through it ends. Its row stays as a tombstone, because NATS may lose what it was told and is told again
 * at every start; and what it is itself stays internal, so that no message changes its direction.
 */
import { accountSubject, type AccountState, type Channel, KithError } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { writeFacts, writeStates } from '../outbox/outbox.ts';
import { callOff } from '../sync/call-off.ts';
import { endSyncs } from '../sync/end-syncs.ts';

/** Answers whether it was connected. Throws `account_not_found` for one that never was. */
export async function disconnectAccount(
  tx: Tx,
  accountId: string,
  at: string,
): Promise<{ deleted: boolean }> {
  const [state] = await tx.rows<AccountState>(sql`
    update account set deleted_at = ${at}::timestamptz, updated_at = ${at}::timestamptz, sealed_secrets = ''
    where workspace_id = ${tx.workspace} and account_id = ${accountId} and deleted_at is null
    returning 1 as version, workspace_id as workspace, account_id as "accountId", channel, provider,
      sealed_secrets as "sealedSecrets", settings, true as deleted`);
  if (state === undefined) {
    await requireKnown(tx, accountId);
    return { deleted: false };
  }
  await writeStates(tx, [{ subject: accountSubject(tx.workspace, accountId), payload: state }]);
  await endParts(tx, accountId, at);
  const data = { accountId, channel: state.channel };
  await writeFacts(tx, [{ type: 'account.disconnected', data }], at);
  return { deleted: true };
}

/** What was fetched until now stays counted. */
async function endParts(tx: Tx, accountId: string, at: string): Promise<void> {
  const parts = await tx.rows<{ partId: string; syncId: string; channel: Channel }>(sql`
    update sync_part set state = 'failed', reason = 'account_gone', detail = null, retry_at = null,
      updated_at = ${at}::timestamptz, finished_at = ${at}::timestamptz
    where workspace_id = ${tx.workspace} and account_id = ${accountId} and finished_at is null
    returning id as "partId", sync_id as "syncId", channel`);
  await callOff(
    tx,
    parts.map(({ partId, channel }) => ({ partId, channel })),
  );
  await endSyncs(
    tx,
    parts.map(({ syncId }) => syncId),
    at,
  );
}

async function requireKnown(tx: Tx, accountId: string): Promise<void> {
  const rows = await tx.rows(sql`select 1 from account
    where workspace_id = ${tx.workspace} and account_id = ${accountId}`);
  if (rows.length > 0) return;
  throw new KithError('account_not_found', `no account ${accountId}`, { field: 'accountId' });
}
