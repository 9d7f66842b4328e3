/*
 * Removes the blobs that no row names any more: those that a clear or an erasure has left behind, and everything else
 * that lies unnamed in the workspace's place when one of them asks for a walk.
 *
 * A key is the hash of its bytes, so the same blob may be named by several rows, and by a delivery that is on its way
 * and will become one. Three things together make it safe to remove one:
 *
 * - Everything is decided and done under the workspace's write lock: no row comes to name a blob meanwhile.
 * - Nothing of the workspace is on its way. What will name a blob is in a stream until the rows that do are committed.
 * - Nobody has put the blob for an hour. Between putting a blob and publishing what names it lie moments; whoever fails to
 *   publish puts it again. Bytes that arrive once more are young again, whatever becomes of the row that named them.
 *
 * A key leaves the list when its blob is gone or is named again. A process that dies in between leaves it there, and the
 * next one finds the blob missing.
 */
import type { BlobStore } from '@kith/blobs';
import type { Bus } from '@kith/bus';
import type { Database, Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { addGarbageKeys, forgetGarbage } from './garbage.ts';
import { namedBlobs } from './named-blobs.ts';
import { isAnythingOnItsWay } from './on-its-way.ts';
import { walkPlaces } from './walk-places.ts';

/** What sweeping needs; `now` is the clock, `ageMs` how long nobody may have put a blob. */
export interface SweepParts {
  db: Database;
  bus: Bus;
  blobs: Pick<BlobStore, 'list' | 'remove'>;
  now(): Date;
  ageMs: number;
}

/** Blobs in one transaction: others who write in the workspace wait for it. */
const keysMax = 100;

/** Sweeps one workspace once, and answers how many blobs went. */
export async function sweepWorkspace(parts: SweepParts, workspace: string): Promise<number> {
  const before = new Date(parts.now().getTime() - parts.ageMs).toISOString();
  await walkPlaces(parts, { workspace, before });
  for (let count = 0; ;) {
    const swept = await parts.db.write(workspace, (tx) => sweepChunk(parts, tx, before));
    if (swept === null) return count;
    count += swept;
  }
}

/** The workspaces with anything to sweep. */
export async function findGarbage({ db }: Pick<SweepParts, 'db'>): Promise<string[]> {
  const rows = await db.rows<{ workspace: string }>(sql`
    select distinct workspace_id as workspace from blob_garbage order by 1`);
  return rows.map(({ workspace }) => workspace);
}

/** Null when there is nothing to do now. */
async function sweepChunk(parts: SweepParts, tx: Tx, before: string): Promise<number | null> {
  const rows = await tx.rows<{ key: string }>(sql`
    select key from blob_garbage where workspace_id = ${tx.workspace} and since <= ${before}::timestamptz
    order by since, key limit ${keysMax}`);
  if (rows.length === 0 || (await isAnythingOnItsWay(parts.bus, tx.workspace))) return null;
  const keys = rows.map(({ key }) => key);
  const named = await namedBlobs(tx, tx.workspace, keys);
  const unnamed = keys.filter((key) => !named.has(key));
  const ended = await Promise.all(
    unnamed.map((key) => parts.blobs.remove(key, { olderThanMs: parts.ageMs })),
  );
  await forgetGarbage(tx, keys);
  // Looked at again when they may be old enough.
  const young = unnamed.filter((_, index) => ended[index] === 'too_young');
  await addGarbageKeys({ tx, at: parts.now().toISOString() }, young);
  return ended.filter((end) => end === 'removed').length;
}
