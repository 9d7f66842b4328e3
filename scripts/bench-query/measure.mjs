/*
 * Measures questions: over HTTP and as bare SQL, all of them in turns, so that each sees the machine at the same pace and
 * they can be compared; then the joins of `naive.mjs`. Warm; one request at a time, over one connection that is kept.
 */
import { sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { createHttp } from './http.mjs';

const dialect = new PgDialect();
const warmRuns = 5;
const runsMax = 200;
const msMaxEach = 4_000;
const naiveRuns = 5;
const naiveOnceMs = 1_000;
const timeoutMs = 30_000;

/** Ways to ask a populated service. Close it afterwards. */
export async function openMeasuring({ db, queryUrl, apiKey, databaseUrl }) {
  const http = createHttp(queryUrl, apiKey);
  const client = new pg.Client({ connectionString: databaseUrl, statement_timeout: timeoutMs });
  await client.connect();
  return {
    http,
    measure: (questions) => measureAll({ db, http, client }, questions),
    close: async () => {
      http.close();
      await client.end();
    },
  };
}

async function measureAll(parts, questions) {
  const asked = [];
  for (const question of questions) {
    asked.push({ question, queries: await statementsOf(parts.db, question.read) });
  }
  console.error(`${questions.length} questions in turns …`);
  const times = await inTurns(asked.flatMap((one) => sidesOf(parts, one)));
  const rows = [];
  for (const [n, { question, queries }] of asked.entries()) {
    const { name, of } = question;
    console.error(`${name}, ${of}: naive …`);
    const [http, bare] = [times[2 * n], times[2 * n + 1]].map(summaryOf);
    const buffers = await buffersOf(parts.db, queries);
    const joined = await measureNaive(parts.client, question.naive);
    rows.push({ name, of, http, bare, statements: queries.length, buffers, ...joined });
  }
  return rows;
}

/** Over HTTP, and the statements alone with their values, as the service sends them. */
function sidesOf({ http, client }, { question, queries }) {
  const statements = queries.map((query) => dialect.sqlToQuery(query));
  const bare = statements.map(({ sql: text, params }) => ({ text, values: params }));
  return [() => http(question.procedure, question.input), () => runAll(client, bare)];
}

/** A page by joins, and with a count of all beside it: milliseconds, or null for what takes longer than it may. */
async function measureNaive(client, { page, total }) {
  const naive = await medianOrTimeout(() => runAll(client, [page]));
  const counting = naive === null ? null : await medianOrTimeout(() => runAll(client, [total]));
  return { naive, recount: counting === null ? null : naive + counting };
}

/** The statements that a read runs. */
async function statementsOf(db, read) {
  const queries = [];
  await read({ rows: (query) => (queries.push(query), db.rows(query)) });
  return queries;
}

/** Pages of 8 KiB that the statements look at, in memory or not. */
async function buffersOf(db, queries) {
  let buffers = 0;
  for (const query of queries) {
    const [row] = await db.rows(sql`explain (analyze, buffers, timing off, format json) ${query}`);
    const { Plan: plan } = row['QUERY PLAN'][0];
    buffers += plan['Shared Hit Blocks'] + plan['Shared Read Blocks'];
  }
  return buffers;
}

async function runAll(client, queries) {
  for (const query of queries) await client.query(query);
}

/** Milliseconds of each run of each side. */
async function inTurns(sides) {
  for (let run = 0; run < warmRuns; run += 1) for (const side of sides) await side();
  const times = sides.map(() => []);
  const [began, msMax] = [performance.now(), (sides.length / 2) * msMaxEach];
  for (let run = 0; run < runsMax && performance.now() - began < msMax; run += 1) {
    for (const [n, side] of sides.entries()) times[n].push(await timed(side));
  }
  return times;
}

/** Of a few runs after one that warms; what takes long is run once. Null where it takes longer than Postgres may. */
async function medianOrTimeout(work) {
  try {
    const first = await timed(work);
    if (first > naiveOnceMs) return first;
    const times = [];
    for (let run = 0; run < naiveRuns; run += 1) times.push(await timed(work));
    return summaryOf(times).p50;
  } catch (err) {
    if (err.code === '57014') return null;
    throw err;
  }
}

async function timed(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function summaryOf(times) {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return { runs: sorted.length, p50: at(0.5), p99: at(0.99) };
}
