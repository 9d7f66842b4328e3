/*
 * The built services that a page depends on, over a database and a NATS of their own: query, resolver, the ingest service
 * of email, and the web server. A test posts webhooks as a provider does, or, for what would take too long to arrive,
 * puts rows in and publishes the fact that the resolver would publish for them.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Bus, openBus } from '@kith/bus';
import { createKithClient, type KithClient } from '@kith/client';
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
  queryUrl: string;
  resolverUrl: string;
  /** Where the ingest service of email is: `POST /webhooks/mime/support` with `webhookToken`. */
  ingestEmailUrl: string;
  kith: KithClient;
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
  const blobDir = keep(await temporaryDirectory());
  const { apiKey } = await createApiKey(db, { workspace, name: 'test' });
  const secretKey = randomBytes(32).toString('base64');
  const keeping = { NATS_URL: nats.url, KITH_SECRET_KEY: secretKey, KITH_BLOB_DIR: blobDir.path };
  const start = async (name: ServiceName, env: Record<string, string>) => {
    const started = await startService(name, env);
    keep(started.service);
    return started;
  };
  // The resolver declares the streams that the others read.
  const resolver = await start('resolver', {
    ...keeping,
    DATABASE_URL: databaseUrl,
    KITH_INBOUND_BYTES_MAX: String(2 ** 28),
  });
  const [query, ingestEmail] = await Promise.all([
    start('query', { ...keeping, DATABASE_URL: databaseUrl }),
    start('ingest-email', keeping),
  ]);
  const apis = { KITH_QUERY_URL: query.url, KITH_RESOLVER_URL: resolver.url };
  const kith = createKithClient({ queryUrl: query.url, resolverUrl: resolver.url, apiKey });
  const web = await start('web', {
    ...apis,
    KITH_WEBHOOKS_EMAIL_URL: ingestEmail.url,
    KITH_WEB_API_KEY: apiKey,
  });
  const keylessWeb = await start('web', apis);
  return {
    db,
    apiKey,
    url: web.url,
    keylessUrl: keylessWeb.url,
    query: query.service,
    queryUrl: query.url,
    resolverUrl: resolver.url,
    ingestEmailUrl: ingestEmail.url,
    kith,
    publishActivity: (data: EventData<'record.activity'>) => publishActivity(bus, data),
  };
}

const silentLog = { info() {}, warn() {}, error() {} };

type ServiceName = 'query' | 'resolver' | 'ingest-email' | 'web';

async function temporaryDirectory(): Promise<{ path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), 'kith-web-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

async function startService(name: ServiceName, env: Record<string, string>) {
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
