/*
 * Writes in the background the words that migrations asked for (`search_todo`), through any outage. How far it came is
 * written with each slice, so that the next start goes on from there; several processes share the work.
 */
import { type Database, isRetryable, type Tx } from '@kith/database';
import type { Logger } from '@kith/service';
import { sql } from 'drizzle-orm';
import { untilDone } from '../until-done.ts';
import { rebuildSlice, rebuiltMax, type SearchPosition } from './rebuild-search.ts';

/** Resolves when nothing is to be filled or the signal aborts, and never rejects: the service does its work meanwhile. */
export async function fillSearchAtStart(parts: {
  db: Database;
  log: Logger;
  signal: AbortSignal;
}): Promise<void> {
  const { db, log, signal } = parts;
  try {
    await untilDone('the words for search are written', { log, signal, again: isRetryable }, async () => {
      const count = await fillSearch(db, signal);
      if (count > 0) log.info({ count }, 'words for search were written');
    });
  } catch (err) {
    if (!signal.aborted) log.error({ err }, 'words for search cannot be written; they are at the next start');
  }
}

/** Works off everything that is to be filled, and answers how many rows that were. */
export async function fillSearch(db: Database, signal?: AbortSignal): Promise<number> {
  const todo = await db.rows<{ workspace: string }>(sql`
    select distinct workspace_id as workspace from search_todo order by 1`);
  let count = 0;
  for (const { workspace } of todo) count += await fillWorkspace(db, workspace, signal);
  return count;
}

async function fillWorkspace(db: Database, workspace: string, signal?: AbortSignal): Promise<number> {
  for (let count = 0; ;) {
    if (signal?.aborted === true) return count;
    const filled = await db.write(workspace, fillSlice);
    if (filled === null) return count;
    count += filled;
  }
}

/** Answers how many rows were filled, null where nothing was left. */
async function fillSlice(tx: Tx): Promise<number | null> {
  const [at] = await tx.rows<SearchPosition>(sql`
    select kind, after from search_todo where workspace_id = ${tx.workspace} order by kind desc limit 1`);
  if (at === undefined) return null;
  const ids = await rebuildSlice(tx, at, rebuiltMax);
  const here = sql`workspace_id = ${tx.workspace} and kind = ${at.kind}`;
  const last = ids.at(-1);
  await (ids.length < rebuiltMax || last === undefined
    ? tx.rows(sql`delete from search_todo where ${here}`)
    : tx.rows(sql`update search_todo set after = ${last} where ${here}`));
  return ids.length;
}
