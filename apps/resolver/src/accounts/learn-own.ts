/*
 * What accounts are themselves, by what their providers say of their own side: a number that nobody listed when the
 * account was connected is internal from the first message on. Connecting the account again does not take it away.
 */
import type { Identifier } from '@kith/contracts';
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';

/** An identifier of an account's own. */
export interface OwnIdentity extends Identifier {
  accountId: string;
}

/** Keeps the identities, and answers the participants that have one of those that were not known. */
export async function learnOwn(tx: Tx, own: readonly OwnIdentity[]): Promise<string[]> {
  if (own.length === 0) return [];
  const rows = own.map(({ accountId, kind, value }) => ({ account_id: accountId, kind, value }));
  const learned = await tx.rows<Identifier>(sql`
    insert into account_identifier (workspace_id, kind, value, account_id, declared, learned)
    select ${tx.workspace}, kind, value, account_id, false, true
    from ${rowSet(rows, 'account_id text, kind text, value text')}
    on conflict (workspace_id, kind, value, account_id) do update set learned = true
      where not account_identifier.learned
    returning kind, value`);
  return bearersOf(tx, learned);
}

/** Whoever has one of the identifiers itself, on any channel. */
async function bearersOf(tx: Tx, identifiers: readonly Identifier[]): Promise<string[]> {
  if (identifiers.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`
    select distinct pi.participant_id as id from ${rowSet(identifiers, 'kind text, value text')}
    join participant_identifier pi
      on pi.workspace_id = ${tx.workspace} and pi.kind = input.kind and pi.value = input.value`);
  return rows.map(({ id }) => id);
}
