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

/** Keeps the identities. Whoever has one of them is named by the same batch, and is to be resolved after this. */
export async function learnOwn(tx: Tx, own: readonly OwnIdentity[]): Promise<void> {
  if (own.length === 0) return;
  const rows = own.map(({ accountId, kind, value }) => ({ account_id: accountId, kind, value }));
  await tx.rows(sql`
    insert into account_identifier (workspace_id, kind, value, account_id, declared, learned)
    select ${tx.workspace}, kind, value, account_id, false, true
    from ${rowSet(rows, 'account_id text, kind text, value text')}
    on conflict (workspace_id, kind, value, account_id) do update set learned = true
      where not account_identifier.learned`);
}
