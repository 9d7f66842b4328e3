/* A workspace to measure: the one that is there, or one that is made now. */
import { migrate, openDatabase } from '@kith/database';
import { populate } from '@kith/database/population';
import { sql } from 'drizzle-orm';

const workspace = 'bench';

/** Answers `{ workspace, messages, largest, crowd, heavy, median }`; makes it where `messages` is given and none is there. */
export async function populated(url, messages) {
  await migrate(url);
  const db = openDatabase({ url, name: 'bench', statementTimeoutMs: 6 * 3_600_000 });
  try {
    const found = await findPopulation(db);
    if (found !== null) return found;
    if (messages === null) throw new Error('the database holds no populated workspace');
    const onStep = (step, tookMs) => console.error(`${step}: ${Math.round(tookMs / 1000)} s`);
    const population = await populate(db, { workspace, messages, onStep });
    return { ...population, workspace, messages: await countMessages(db, workspace) };
  } finally {
    await db.close();
  }
}

async function findPopulation(db) {
  const [state] = await db.rows(sql`
    select to_regclass('population_conversation') is not null as "isHalf",
      (select min(workspace_id) from record where record_id = '1') as workspace`);
  if (state.isHalf) throw new Error('a load was cut off here: remove the directory and begin again');
  if (state.workspace === null) return null;
  const [{ records }] = await db.rows(
    sql`select count(*) as records from record where workspace_id = ${state.workspace}`,
  );
  const named = { largest: '1', crowd: '2', heavy: '7', median: String(Math.floor(records / 2)) };
  return { ...named, workspace: state.workspace, messages: await countMessages(db, state.workspace) };
}

async function countMessages(db, ofWorkspace) {
  const [{ count }] = await db.rows(
    sql`select sum(message_count)::bigint as count from conversation where workspace_id = ${ofWorkspace}`,
  );
  return count;
}
