/*
 * Walks through the places of a workspace's blobs that a clear or an erasure asked for, and puts what lies there unnamed
 * on the list of what may go. It only looks, so it holds nobody up: whether a blob goes is decided where it is removed.
 */
import type { BlobStore } from '@kith/blobs';
import { type Database, type Rows, textArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { addGarbageKeys, forgetGarbage } from './garbage.ts';
import { namedBlobs } from './named-blobs.ts';
import { placeKey } from './place-key.ts';

/** Places that are walked at once, and keys that are looked up at once. */
const placesMax = 16;
const keysMax = 5_000;

/** Walks through every place that has waited since `before`. */
export async function walkPlaces(
  { db, blobs }: { db: Database; blobs: Pick<BlobStore, 'list'> },
  { workspace, before }: { workspace: string; before: string },
): Promise<void> {
  for (;;) {
    const places = await nextPlaces(db, workspace, before);
    if (places.length === 0) return;
    const lists = await Promise.all(places.map((place) => blobs.list(workspace, digitsOf(place))));
    const unnamed = await unnamedOf(db, workspace, lists.flat());
    await db.write(workspace, async (tx) => {
      // What is too young is found to be so when its turn comes.
      await addGarbageKeys({ tx, at: before }, unnamed);
      await forgetGarbage(tx, places);
    });
  }
}

async function nextPlaces(db: Rows, workspace: string, before: string): Promise<string[]> {
  const all = Array.from({ length: 256 }, (_, place) => placeKey(workspace, place));
  const rows = await db.rows<{ key: string }>(sql`
    select key from blob_garbage
    where workspace_id = ${workspace} and key = any(${textArray(all)}) and since <= ${before}::timestamptz
    order by key limit ${placesMax}`);
  return rows.map(({ key }) => key);
}

const digitsOf = (place: string): string => place.slice(-3, -1);

async function unnamedOf(db: Rows, workspace: string, keys: readonly string[]): Promise<string[]> {
  const unnamed: string[] = [];
  for (let start = 0; start < keys.length; start += keysMax) {
    const some = keys.slice(start, start + keysMax);
    const named = await namedBlobs(db, workspace, some);
    unnamed.push(...some.filter((key) => !named.has(key)));
  }
  return unnamed;
}
