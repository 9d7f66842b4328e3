/*
 * Connects an account: its sealed secrets, its own identities, and its newest state for the ingest services. The
 * participants that are, or were, one of its identities are resolved in the same transaction.
 */
import { accountSubject, type AccountState, type Identifier, KithError } from '@kith/contracts';
import { jsonb, rowSet, type Tx } from '@kith/database';
import type { SecretBox } from '@kith/service';
import { sql } from 'drizzle-orm';
import { writeFacts, writeStates } from '../outbox/outbox.ts';
import { participantsHolding } from '../resolve/holders.ts';
import { resolveParticipants } from '../resolve/resolve-participants.ts';
import { type AccountInput, ownIdentifiers } from './account-input.ts';

/** Creates the account or replaces it. Answers whether it is new, or was disconnected. */
export async function upsertAccount(
  tx: Tx,
  account: AccountInput,
  options: { secrets: SecretBox; at: string; actor: string },
): Promise<{ created: boolean }> {
  const known = await readSealed(tx, account.accountId);
  const sealed = sealSecrets(tx.workspace, account, options.secrets, known);
  await writeAccount(tx, account, sealed);
  const changed = await replaceIdentities(tx, account.accountId, ownIdentifiers(account));
  const affected = await participantsHolding(tx, changed);
  await resolveParticipants(tx, affected, {
    reason: 'account_changed',
    at: options.at,
    actor: options.actor,
  });
  const subject = accountSubject(tx.workspace, account.accountId);
  await writeStates(tx, [{ subject, payload: stateOf(tx.workspace, account, sealed) }]);
  const { accountId, channel } = account;
  if (known === undefined) {
    await writeFacts(tx, [{ type: 'account.connected', data: { accountId, channel } }], options.at);
  }
  return { created: known === undefined };
}

async function readSealed(tx: Tx, accountId: string): Promise<string | undefined> {
  const [row] = await tx.rows<{ sealed: string }>(sql`select sealed_secrets as sealed from account
    where workspace_id = ${tx.workspace} and account_id = ${accountId} and deleted_at is null`);
  return row?.sealed;
}

function sealSecrets(
  workspace: string,
  account: AccountInput,
  box: SecretBox,
  known: string | undefined,
): string {
  if (account.secrets !== undefined) return box.seal(`${workspace}/${account.accountId}`, account.secrets);
  if (known !== undefined) return known;
  throw new KithError('bad_input', 'a new account needs its secrets', { field: 'secrets' });
}

/** What was not connected for a while had no webhooks meanwhile: it is live since it is back. */
async function writeAccount(tx: Tx, account: AccountInput, sealed: string): Promise<void> {
  await tx.rows(sql`
    insert into account (workspace_id, account_id, channel, provider, sealed_secrets, settings)
    values (${tx.workspace}, ${account.accountId}, ${account.channel}, ${account.provider}, ${sealed},
      ${jsonb(account.settings)})
    on conflict (workspace_id, account_id) do update
      set channel = excluded.channel, provider = excluded.provider, sealed_secrets = excluded.sealed_secrets,
        settings = excluded.settings, updated_at = now(), deleted_at = null,
        created_at = case when account.deleted_at is null then account.created_at else now() end`);
}

/**
 * Makes these what the account is declared to be, and answers what came or went. What was learned from its provider
 * stays its own.
 */
async function replaceIdentities(
  tx: Tx,
  accountId: string,
  own: readonly Identifier[],
): Promise<Identifier[]> {
  const input = rowSet(own, 'kind text, value text');
  await tx.rows(sql`
    update account_identifier ai set declared = false
    where ai.workspace_id = ${tx.workspace} and ai.account_id = ${accountId} and ai.declared
      and not exists (select 1 from ${input} where input.kind = ai.kind and input.value = ai.value)`);
  const lost = await tx.rows<Identifier>(sql`
    delete from account_identifier
    where workspace_id = ${tx.workspace} and account_id = ${accountId} and not declared and not learned
    returning kind, value`);
  const gained = await tx.rows<Identifier>(sql`
    insert into account_identifier (workspace_id, kind, value, account_id)
    select ${tx.workspace}, kind, value, ${accountId} from ${input}
    on conflict (workspace_id, kind, value, account_id) do update set declared = true
      where not account_identifier.declared
    returning kind, value`);
  return [...lost, ...gained];
}

function stateOf(workspace: string, account: AccountInput, sealedSecrets: string): AccountState {
  const { accountId, channel, provider, settings } = account;
  return { version: 1, workspace, accountId, channel, provider, sealedSecrets, settings, deleted: false };
}
