/*
 * The query service as it runs, in this process: a real HTTP server over a real Postgres and a real NATS, and tRPC
 * clients with API keys of their own.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BlobStore, openBlobStore } from '@kith/blobs';
import { type Bus, openBus } from '@kith/bus';
import { declareTestStreams } from '@kith/bus/testing';
import { type EventData, eventSubject, type EventType } from '@kith/contracts';
import { createApiKey, type Database } from '@kith/database';
import { openTestDatabase } from '@kith/database/testing';
import { createCursors, createLog, listen } from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import {
  createTRPCClient,
  httpBatchLink,
  httpSubscriptionLink,
  splitLink,
  type TRPCClient,
} from '@trpc/client';
import { EventSource } from 'eventsource';
import { Registry } from 'prom-client';
import { createFileLinks } from '../src/files/file-links.ts';
import { type LiveLimits, openLive } from '../src/live.ts';
import type { QueryRouter } from '../src/router.ts';
import { createQueryApp } from '../src/server.ts';
import type { Sources } from '../src/sources.ts';
import { createSeed, type Seed } from './seed.ts';

export type QueryClient = TRPCClient<QueryRouter>;

export interface Tenant {
  seed: Seed;
  apiKey: string;
  keyId: string;
  client: QueryClient;
}

export interface QueryService extends AsyncDisposable {
  url: string;
  databaseUrl: string;
  db: Database;
  bus: Bus;
  blobs: BlobStore;
  sources: Sources;
  /** What the service takes for the time; it stands still until it is set. */
  clock: { now: Date };
  metrics: Registry;
  /** A new workspace with a key. */
  tenant(): Promise<Tenant>;
  /** Tells of something as the resolver does; resolves with its place in the stream. */
  publish<T extends EventType>(workspace: string, type: T, data: EventData<T>): Promise<number>;
}

/** As every replica of the service has them. */
export const testCursors = createCursors(randomBytes(32).toString('base64'));

/** Opens everything; all of it is closed on disposal. */
export async function openQueryService(limits?: Partial<LiveLimits>): Promise<QueryService> {
  const closers: (() => Promise<unknown>)[] = [];
  const owned = <T extends AsyncDisposable>(resource: T): T => {
    closers.unshift(async () => resource[Symbol.asyncDispose]());
    return resource;
  };
  const log = createLog({ name: 'query-test', level: 'silent' });
  const ending = new AbortController();
  const nats = owned(await startTestNats());
  const { db, url: databaseUrl } = owned(await openTestDatabase());
  const bus = owned(await openBus({ url: nats.url, name: 'query-test', log }));
  await declareTestStreams(bus);
  const metrics = new Registry();
  const live = openLive({ bus, signal: ending.signal, metrics, ...(limits === undefined ? {} : { limits }) });
  closers.unshift(async () => {
    ending.abort();
    await live.done;
  });
  const dir = await mkdtemp(join(tmpdir(), 'kith-query-'));
  closers.push(() => rm(dir, { recursive: true }));
  const blobs = openBlobStore({ dir });
  const clock = { now: new Date() };
  const fileLinks = createFileLinks(randomBytes(32).toString('base64'), () => clock.now);
  const sources = { db, bus, live, blobs, fileLinks, log };
  const { app, nodeHandler } = createQueryApp({ ...sources, cursors: testCursors, metrics });
  const server = await listen({ handler: app.fetch, nodeHandler, host: '127.0.0.1', port: 0 });
  closers.unshift(() => server.close(0));
  return {
    url: server.url,
    databaseUrl,
    db,
    bus,
    blobs,
    sources,
    clock,
    metrics,
    tenant: () => createTenant(db, server.url),
    publish: (workspace, type, data) => publish(bus, { workspace, type, data }),
    [Symbol.asyncDispose]: async () => {
      for (const close of closers) await close();
    },
  };
}

async function createTenant(db: Database, url: string): Promise<Tenant> {
  const workspace = `w${randomUUID().slice(0, 8)}`;
  const { apiKey, keyId } = await createApiKey(db, { workspace, name: 'CRM' });
  return { seed: createSeed(db, workspace), apiKey, keyId, client: createClient(url, apiKey) };
}

/** A plain tRPC client, without what the package `client` adds. */
export function createClient(url: string, apiKey: string): QueryClient {
  const headers = { authorization: `Bearer ${apiKey}` };
  return createTRPCClient<QueryRouter>({
    links: [
      splitLink({
        condition: (op) => op.type === 'subscription',
        true: httpSubscriptionLink({
          url: `${url}/trpc`,
          EventSource,
          eventSourceOptions: {
            fetch: (input, init) => fetch(input, { ...init, headers: { ...init.headers, ...headers } }),
          },
        }),
        false: httpBatchLink({ url: `${url}/trpc`, headers, maxItems: 10 }),
      }),
    ],
  });
}

async function publish(
  bus: Bus,
  { workspace, type, data }: { workspace: string; type: EventType; data: EventData<EventType> },
): Promise<number> {
  const id = randomUUID();
  const envelope = {
    specversion: '1.0',
    id,
    source: 'kith/resolver',
    type,
    time: '2026-11-22T12:00:00.000Z',
    datacontenttype: 'application/json',
    workspace,
    schemaversion: '1',
    data,
  };
  const payload = new TextEncoder().encode(JSON.stringify(envelope));
  const { seq } = await bus.publish(eventSubject(workspace, type), payload, { messageId: id });
  return seq;
}
