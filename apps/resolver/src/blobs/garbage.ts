import { jsonb, textArray, type Tx } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { placeKey } from './place-key.ts';

/** A transaction, and when what is in it happens. */
interface At {
  tx: Tx;
  at: string;
}

/** Remembers blobs that may have lost the last row that named them; `keys` selects one column, nulls are left out. */
export async function addGarbage({ tx, at }: At, keys: SQL): Promise<void> {
  await tx.rows(sql`
    insert into blob_garbage (workspace_id, key, since)
    select ${tx.workspace}, key, ${at}::timestamptz from (${keys}) found(key)
    where key is not null group by key
    on conflict (workspace_id, key) do update set since = excluded.since`);
}

/** The same, for keys that are known already. */
export function addGarbageKeys(options: At, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return Promise.resolve();
  return addGarbage(options, sql`select jsonb_array_elements_text(${jsonb(keys)})`);
}

/**
 * Asks for a walk through everything that lies in the workspace's place. Bodies that brought nothing new, and those that
 * only told of a message, are named by no row: nothing but a walk finds them.
 */
export function addWalk(options: At): Promise<void> {
  const places = Array.from({ length: 256 }, (_, place) => placeKey(options.tx.workspace, place));
  return addGarbageKeys(options, places);
}

/** Takes keys off the list. */
export async function forgetGarbage(tx: Tx, keys: readonly string[]): Promise<void> {
  await tx.rows(sql`delete from blob_garbage
    where workspace_id = ${tx.workspace} and key = any(${textArray(keys)})`);
}
