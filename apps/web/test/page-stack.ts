/*
 * The built query service and the built web server over a database and a NATS of their own. Nothing writes here but
 * the test itself: it puts rows in and publishes the fact that the resolver would publish for them.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bus, openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { type EventData, eventSubject } from '@kith/contracts';
import { createApiKey, type Database } from '@kith/database';
import { openTestDatabase } from '@kith/database/testing';
import { freePort, type SupervisedProcess, superviseProcess } from '@kith/stack';
import { startTestNats } from '@kith/stack/testing';

export const workspace = 'acme';

/** What a test of the page speaks to. */
export interface PageStack extends AsyncDisposable {
  db: Database;
  apiKey: string;
  /** The page of a server that hands out the key. */
  url: string;
  /** The page of a server that does not. */
  keylessUrl: string;
  query: SupervisedProcess;
  publishActivity(data: EventData<'record.activity'>): Promise<void>;
}

/** Starts everything; whatever was started is stopped again when a later part fails. */
export async function openPageStack(): Promise<PageStack> {
  const opened: AsyncDisposable[] = [];
  const close = async () => {
    for (const part of opened.splice(0).toReversed()) await part[Symbol.asyncDispose]();
  };
  try {
    const stack = await openParts((part) => {
      opened.push(part);
      return part;
    });
    return { ...stack, [Symbol.asyncDispose]: close };
  } catch (err) {
    await close();
    throw err;
  }
}

async function openParts(keep: <T extends AsyncDisposable>(part: T) => T) {
  const { db, url: databaseUrl } = keep(await openTestDatabase());
  const nats = keep(await startTestNats());
  const bus = keep(await openBus({ url: nats.url, name: 'kith-test', log: silentLog }));
  await declareTestStreams(bus);
  const { apiKey } = await createApiKey(db, { workspace, name: 'test' });
  const query = await startService('query', {
    DATABASE_URL: databaseUrl,
    NATS_URL: nats.url,
    KITH_SECRET_KEY: randomBytes(32).toString('base64'),
    // Nothing is put there: the messages of these tests have no files.
    KITH_BLOB_DIR: join(tmpdir(), `kith-page-${randomUUID()}`),
  });
  keep(query.service);
  // Nothing on the page writes yet, so nobody has to listen where the resolver would.
  const apis = { KITH_QUERY_URL: query.url, KITH_RESOLVER_URL: 'http://127.0.0.1:9' };
  const web = await startService('web', { ...apis, KITH_WEB_API_KEY: apiKey });
  keep(web.service);
  const keylessWeb = await startService('web', apis);
  keep(keylessWeb.service);
  return {
    db,
    apiKey,
    url: web.url,
    keylessUrl: keylessWeb.url,
    query: query.service,
    publishActivity: (data: EventData<'record.activity'>) => publishActivity(bus, data),
  };
}

const silentLog = { info() {}, warn() {}, error() {} };

async function startService(name: 'query' | 'web', env: Record<string, string>) {
  const url = `http://127.0.0.1:${await freePort()}`;
  const service = await superviseProcess({
    name,
    command: process.execPath,
    args: [fileURLToPath(new URL(`../../${name}/dist/main.js`, import.meta.url))],
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: new URL(url).port, LOG_LEVEL: 'warn', ...env },
    ready: async () => (await fetch(`${url}/readyz`)).ok,
    restart: 'always',
    ipc: true,
  });
  return { url, service };
}

async function publishActivity(bus: Bus, data: EventData<'record.activity'>): Promise<void> {
  const id = randomUUID();
  const envelope = {
    specversion: '1.0',
    id,
    source: 'kith/resolver',
    type: 'record.activity',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    workspace,
    schemaversion: '1',
    data,
  };
  const payload = new TextEncoder().encode(JSON.stringify(envelope));
  await bus.publish(eventSubject(workspace, 'record.activity'), payload, { messageId: id });
}
