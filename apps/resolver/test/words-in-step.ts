/* Whether what search looks in is what it would be if it were written anew. */
import type { Database, Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { rebuildSlice, searchKinds } from '../src/search/rebuild-search.ts';

/** The rows that differ, or are there on one side only: `kept …` as they stand, `anew …` as they should. */
export async function wordsOutOfStep(db: Database, workspace: string): Promise<string[]> {
  const undone = new Error('undone');
  let differing: string[] = [];
  const comparing = db.write(workspace, async (tx) => {
    const kept = await readAll(tx);
    for (const table of ['message', 'record', 'participant']) {
      await tx.rows(sql`delete from ${sql.raw(`${table}_search`)} where workspace_id = ${workspace}`);
    }
    for (const kind of searchKinds) await rebuildSlice(tx, { kind, after: '' }, 10_000);
    const anew = await readAll(tx);
    differing = [
      ...[...kept].filter((row) => !anew.has(row)).map((row) => `kept ${row}`),
      ...[...anew].filter((row) => !kept.has(row)).map((row) => `anew ${row}`),
    ];
    throw undone;
  });
  await comparing.catch((err: unknown) => {
    if (err !== undone) throw err;
  });
  return differing;
}

async function readAll(tx: Tx): Promise<Set<string>> {
  const rows = await tx.rows<{ row: string }>(sql`
    select concat_ws(' ', message_id, channel, sent_at, words) as row from message_search
    where workspace_id = ${tx.workspace}
    union all
    select concat_ws(' ', record_id, words) from record_search where workspace_id = ${tx.workspace}
    union all
    select concat_ws(' ', participant_id, words) from participant_search where workspace_id = ${tx.workspace}`);
  return new Set(rows.map(({ row }) => row));
}
