/*
 * The record page in a real Chromium: its compressed script, how soon the newest message is there beside the sign-in page
 * of the same server, which reads nothing, and how many frames are lost while 10,000 messages are scrolled through, beside
 * those that the machine loses by itself. A report, not a test. `-- --messages 10000 --rounds 7`.
 */
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { createLog } from '@kith/service';
import { serverUrl, startTestNats, startTestPostgres } from '@kith/stack/testing';
import { hardware } from './bench-ingest/processes.mjs';
import { restThrough, scrollThrough, timeToShown } from './bench-web/measure.mjs';
import { recordScript } from './bench-web/seed.mjs';
import { startQuery } from './query-process.mjs';
import { startService } from './service-process.mjs';

const root = resolve(import.meta.dirname, '..');
const { openTestDatabase, runScript } = await import(join(root, 'packages/database/dist/testing.js'));
const { createApiKey } = await import(join(root, 'packages/database/dist/index.js'));
const { chromium } = createRequire(join(root, 'apps/web/package.json'))('playwright-core');

const { values } = parseArgs({
  options: { messages: { type: 'string', default: '10000' }, rounds: { type: 'string', default: '7' } },
});
const messages = Number(values.messages);
const workspace = 'bench';
const recordId = 'many';
const frameMs = 1_000 / 60;
const pxPerFrame = 200;

await using(async ({ url, keylessUrl, browser }) => {
  const shown = { record: [], signIn: [] };
  let kilobytes = 0;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    // By turns, so that both meet the same moments of the machine.
    const record = await timeToShown(browser, `${url}/#/records/${recordId}`, 'article');
    shown.record.push(record.shownAt);
    shown.signIn.push((await timeToShown(browser, keylessUrl, 'input')).shownAt);
    kilobytes = record.kilobytes;
  }
  const { times, rows, megabytes } = await scrollThrough(browser, `${url}/#/records/${recordId}`, {
    last: messages,
    pxPerFrame,
  });
  const atRest = await restThrough(browser, `${url}/#/records/${recordId}`, { frames: 300 });
  console.log(hardware());
  console.table({
    'script, compressed kB': Math.round(kilobytes),
    'sign-in page shown after ms': Math.round(median(shown.signIn)),
    'newest message shown after ms': Math.round(median(shown.record)),
    'frames while scrolling': times.length,
    'of them lost': lostFrames(times),
    'of a thousand lost': Math.round((lostFrames(times) / times.length) * 1_000),
    'of a thousand lost at rest': Math.round((lostFrames(atRest) / atRest.length) * 1_000),
    'longest frame ms': Math.round(Math.max(...times)),
    'messages in the document at most': rows,
    'heap MiB at the end': Math.round(megabytes),
  });
});

/** Frames that a screen of 60 Hz had time for and did not get. */
function lostFrames(times) {
  const due = times.reduce((sum, time) => sum + Math.max(1, Math.round(time / frameMs)), 0);
  return due - times.length;
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0;
}

async function using(work) {
  const opened = [];
  const keep = (part, close) => {
    opened.push(close);
    return part;
  };
  try {
    const nats = await startTestNats();
    keep(nats, () => nats.stop());
    const log = createLog({ name: 'bench', level: 'error' });
    const bus = await openBus({ url: nats.url, name: 'bench', log });
    keep(bus, () => bus.close());
    await declareTestStreams(bus);
    const postgres = await startTestPostgres();
    keep(postgres, () => postgres.stop());
    process.env.KITH_TEST_DATABASE_URL = serverUrl(postgres.url);
    const database = await openTestDatabase();
    keep(database, () => database[Symbol.asyncDispose]());
    await runScript(database.url, recordScript({ workspace, recordId, messages }));
    const { apiKey } = await createApiKey(database.db, { workspace, name: 'bench' });
    const query = await startQuery({ databaseUrl: database.url, natsUrl: nats.url });
    keep(query, () => query.stop());
    // Nothing here writes, so nobody has to listen where the resolver would.
    const apis = { KITH_QUERY_URL: query.url, KITH_RESOLVER_URL: 'http://127.0.0.1:9' };
    const web = await startService('web', { ...apis, KITH_WEB_API_KEY: apiKey });
    keep(web, () => web.stop());
    const keyless = await startService('web', apis);
    keep(keyless, () => keyless.stop());
    const executablePath = process.env.KITH_TEST_CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox'] });
    keep(browser, () => browser.close());
    await work({ url: web.url, keylessUrl: keyless.url, browser });
  } finally {
    for (const close of opened.toReversed()) await close();
  }
}
