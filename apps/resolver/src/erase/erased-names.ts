/*
 * What is remembered of somebody who was erased, as keyed hashes: their identifiers, and the messages, files and direct
 * chats that went with them. By it later deliveries are judged (leave-out-erased.ts).
 */
import { type Channel, type Identifier, type IdentifierKind, identifyingKinds } from '@kith/contracts';
import { type Rows, rowSet, textArray, type Tx } from '@kith/database';
import type { KeyedHash } from '@kith/service';
import { sql } from 'drizzle-orm';

/** Something with a name: what is not to come back. */
export type Named =
  | { what: 'identifier'; identifier: Identifier }
  | { what: 'message'; messageId: string }
  | { what: 'file' | 'chat'; channel: Channel; key: string };

const channelOfKind = new Map<IdentifierKind, Channel>(
  Object.entries(identifyingKinds).flatMap(([channel, kinds]) =>
    kinds.map((kind): [IdentifierKind, Channel] => [kind, channel as Channel]),
  ),
);

/** The channel on which identifiers of the kind say who somebody is. */
export const channelOf = (kind: IdentifierKind): Channel => channelOfKind.get(kind) ?? 'email';

/** The hash by which it is known in a workspace. */
export function hashOf(hash: KeyedHash, workspace: string, named: Named): string {
  if (named.what === 'message') return hash(workspace, named.what, named.messageId);
  if (named.what !== 'identifier') return hash(workspace, named.what, named.channel, named.key);
  const { kind, value } = named.identifier;
  return hash(workspace, named.what, channelOf(kind), kind, value);
}

/** Whether anybody was ever erased in the workspace: mostly nobody was. */
export async function isAnybodyErased(db: Rows, workspace: string): Promise<boolean> {
  const rows = await db.rows(sql`select 1 from erased_identifier where workspace_id = ${workspace} limit 1`);
  return rows.length > 0;
}

/** Those of the hashes that are remembered. */
export async function findErased(tx: Tx, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.rows<{ hash: string }>(sql`select hash from erased_identifier
    where workspace_id = ${tx.workspace} and hash = any(${textArray([...new Set(hashes)])})`);
  return new Set(rows.map((row) => row.hash));
}

/** Remembers the names. What is remembered already stays as it is. */
export async function rememberErased(
  tx: Tx,
  names: readonly Named[],
  options: { hash: KeyedHash; actor: string; at: string },
): Promise<void> {
  if (names.length === 0) return;
  const rows = names.map((named) => ({
    hash: hashOf(options.hash, tx.workspace, named),
    channel: channelOfNamed(named),
  }));
  await tx.rows(sql`
    insert into erased_identifier (workspace_id, hash, channel, actor, erased_at)
    select distinct ${tx.workspace}, hash, channel, ${options.actor}, ${options.at}::timestamptz
    from ${rowSet(rows, 'hash text, channel text')}
    on conflict (workspace_id, hash) do nothing`);
}

function channelOfNamed(named: Named): string {
  if (named.what === 'identifier') return channelOf(named.identifier.kind);
  return named.what === 'message' ? '' : named.channel;
}
