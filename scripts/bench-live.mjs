/*
 * Live updates at scale: how long an event is on its way to 100 and 1,000 subscribers of one record, and to 1,000 of as
 * many records, on one query process; and how long 1,000 subscribers take that are all cut and come back at one moment.
 * A real nats-server, a real Postgres, the built query service. `-- --subscribers 1000`.
 */
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { createLog } from '@kith/service';
import { serverUrl, startTestNats, startTestPostgres } from '@kith/stack/testing';
import { hardware } from './bench-ingest/processes.mjs';
import { measureFanOut } from './bench-live/measure.mjs';
import { startQuery } from './query-process.mjs';

const root = resolve(import.meta.dirname, '..');
const { openTestDatabase, runScript } = await import(join(root, 'packages/database/dist/testing.js'));
const { createApiKey } = await import(join(root, 'packages/database/dist/index.js'));

const { values } = parseArgs({ options: { subscribers: { type: 'string', default: '1000' } } });
const many = Number(values.subscribers);
const workspace = 'bench';

const rows = [];
await using(async (query) => {
  const one = (count) => Array.from({ length: count }, () => '1');
  const each = Array.from({ length: many }, (_, n) => String(n + 1));
  rows.push(rowOf('100 of one record', await query({ recordIds: one(100), events: 50, perSecond: 5 })));
  rows.push(rowOf(`${many} of one record`, await query({ recordIds: one(many), events: 50, perSecond: 5 })));
  rows.push(rowOf(`${many} of as many`, await query({ recordIds: each, events: 2_000, perSecond: 400 })));
  const storm = { recordIds: one(many), events: 30, cutAfter: 10, perSecond: 10 };
  rows.push(rowOf(`${many} cut and back`, await query(storm)));
});
console.log(hardware());
console.table(rows);

function rowOf(what, measured) {
  const { connectMs, p50, p99, received, missed, doubled, residentMb, resumeMs } = measured;
  // Of those who were cut, the time away is no time on the way.
  const times = resumeMs === undefined ? { 'p50 ms': Math.round(p50), 'p99 ms': Math.round(p99) } : {};
  const counts = { received, missed, doubled, 'RSS MiB': residentMb };
  return { what, 'connect ms': connectMs, ...times, ...counts, 'resume ms': resumeMs };
}

async function using(work) {
  const nats = await startTestNats();
  const postgres = await startTestPostgres();
  process.env.KITH_TEST_DATABASE_URL = serverUrl(postgres.url);
  const database = await openTestDatabase();
  const bus = await openBus({
    url: nats.url,
    name: 'bench',
    log: createLog({ name: 'bench', level: 'error' }),
  });
  let query;
  try {
    await declareTestStreams(bus);
    await runScript(database.url, recordsScript());
    const { apiKey } = await createApiKey(database.db, { workspace, name: 'bench' });
    query = await startQuery({ databaseUrl: database.url, natsUrl: nats.url });
    await work((load) => measureFanOut({ queryUrl: query.url, bus, workspace, apiKey, ...load }));
  } finally {
    await query?.stop();
    await bus.close();
    await database[Symbol.asyncDispose]();
    await postgres.stop();
    await nats.stop();
  }
}

function recordsScript() {
  return `
  insert into record (workspace_id, record_id, pipeline, fields, unreadable)
  select '${workspace}', n::text, 'contacts', '{}', '[]' from generate_series(1, ${many}) n`;
}
