/*
 * What a read costs in Postgres: its statements, the pages of tables and indexes that they touch, and whatever in their
 * plans grows with the workspace. Each statement runs, and then is explained while it runs again, so pages are counted
 * whether they were in memory or not, and times do not matter.
 *
 * What Postgres itself expects to be dear is not run: a lost index shows at once, and not after a minute.
 */
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';

export interface Cost {
  statements: number;
  /** Pages of 8 KiB, of tables, indexes and values kept apart (TOAST), each time one is looked at. */
  buffers: number;
  /** The most rows that a plan sorts or hashes. */
  rowsGathered: number;
  /** Large tables that are read from end to end. */
  tablesRead: string[];
  /** What Postgres expects of a statement that was not run for it, and the read not gone on with. */
  tooDear: number | null;
}

/** A node of a plan, as `explain (format json)` writes it. */
interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Total Cost': number;
  'Actual Rows': number;
  'Actual Loops': number;
  'Shared Hit Blocks': number;
  'Shared Read Blocks': number;
  Plans?: PlanNode[];
}

/** In Postgres's unit, a page read in order: reading a table of a million rows is more, and most pages are a tenth. */
const expectedMax = 25_000;
/** Of fewer rows a table is small, and read as a whole. */
const smallMax = 1_000;

/** Runs a read, and adds up what its statements cost; one after the other, as the connection may be one. */
export async function costOf(db: Rows, read: (db: Rows) => Promise<unknown>): Promise<Cost> {
  const cost: Cost = { statements: 0, buffers: 0, rowsGathered: 0, tablesRead: [], tooDear: null };
  const tooDear = new Error('too dear to run');
  const inTurn = oneByOne();
  const run = async <T extends object>(query: SQL): Promise<T[]> => {
    const expected = (await explain(db, query, sql``))['Total Cost'];
    if (expected > expectedMax) cost.tooDear = expected;
    if (cost.tooDear !== null) throw tooDear;
    const rows = await db.rows<T>(query);
    addCost(await explain(db, query, sql`analyze, buffers, timing off,`), cost);
    return rows;
  };
  await read({ rows: (query) => inTurn(() => run(query)) }).catch((err: unknown) => {
    if (err !== tooDear) throw err;
  });
  return cost;
}

/** Runs what it is given when all before is done, whether or not that went well. */
function oneByOne(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work, work);
    last = done;
    return done;
  };
}

async function explain(db: Rows, query: SQL, options: SQL): Promise<PlanNode> {
  const [row] = await db.rows<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    sql`explain (${options} format json) ${query}`,
  );
  if (row === undefined) throw new Error('explained nothing');
  return row['QUERY PLAN'][0].Plan;
}

function addCost(plan: PlanNode, cost: Cost): void {
  cost.statements += 1;
  cost.buffers += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  addNode(plan, cost);
}

function addNode(node: PlanNode, cost: Cost): void {
  const inner = node.Plans ?? [];
  const [table, rows, loops] = [node['Relation Name'], node['Actual Rows'], node['Actual Loops']];
  if (node['Node Type'] === 'Seq Scan' && table !== undefined && rows > smallMax) cost.tablesRead.push(table);
  if (loops > 0 && /^(Sort|Incremental Sort|Hash)$/.test(node['Node Type'])) {
    const gathered = inner.reduce((sum, one) => sum + one['Actual Rows'] * one['Actual Loops'], 0);
    cost.rowsGathered = Math.max(cost.rowsGathered, gathered / loops);
  }
  for (const one of inner) addNode(one, cost);
}
