import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bus, openBus } from '@kith/bus';
import { eventSubject } from '@kith/contracts';
import { createApiKey } from '@kith/database';
import { openTestDatabase } from '@kith/database/testing';
import { startTestNats } from '@kith/stack/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { layCable } from '../test/cable.ts';
import { createServiceProcess, type ServiceProcess } from '../test/service-process.ts';
import { createKithClient, type KithClient, kithError, pages } from './index.ts';

const closers: (() => unknown)[] = [];
const own = <T extends AsyncDisposable>(resource: T): T => {
  closers.unshift(() => resource[Symbol.asyncDispose]());
  return resource;
};
const silent = { info: () => {}, warn: () => {}, error: () => {} };

let bus: Bus;
let query: ServiceProcess;
let resolver: ServiceProcess;
let apiKey: string;
let kith: KithClient;

beforeAll(async () => {
  const nats = own(await startTestNats());
  const { db, url } = own(await openTestDatabase());
  ({ apiKey } = await createApiKey(db, { workspace: 'acme', name: 'test' }));
  const blobs = await mkdtemp(join(tmpdir(), 'kith-client-'));
  closers.push(() => rm(blobs, { recursive: true, force: true }));
  const KITH_SECRET_KEY = randomBytes(32).toString('base64');
  const env = { DATABASE_URL: url, NATS_URL: nats.url, KITH_SECRET_KEY, KITH_BLOB_DIR: blobs };
  query = own(await createServiceProcess('query', env));
  resolver = own(
    await createServiceProcess('resolver', { ...env, KITH_INBOUND_BYTES_MAX: String(1024 ** 3) }),
  );
  await Promise.all([query.start(), resolver.start()]);
  bus = own(await openBus({ url: nats.url, name: 'client-test', log: silent }));
  kith = createKithClient({ queryUrl: query.url, resolverUrl: `${resolver.url}/`, apiKey });
  await kith.write.pipelines.upsert.mutate({
    pipeline: 'contacts',
    fields: [{ key: 'email', type: 'email', identifies: true }],
  });
});
afterAll(async () => {
  for (const close of closers) await close();
});

async function createRecord(): Promise<string> {
  const recordId = randomUUID();
  await kith.write.records.upsert.mutate({
    pipeline: 'contacts',
    recordId,
    fields: { email: `${recordId}@lima.example` },
  });
  return recordId;
}

async function publish(recordId: string, messageId: string): Promise<void> {
  const id = randomUUID();
  const event = {
    specversion: '1.0',
    id,
    source: 'kith/resolver',
    type: 'record.activity',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    workspace: 'acme',
    schemaversion: '1',
    data: { recordId, reason: 'message', messageId },
  };
  const subject = eventSubject('acme', 'record.activity');
  await bus.publish(subject, new TextEncoder().encode(JSON.stringify(event)), { messageId: id });
}

function watch(client: KithClient, recordId: string) {
  const received: (string | undefined)[] = [];
  const errors: unknown[] = [];
  let starts = 0;
  const subscription = client.read.records.onActivity.subscribe(
    { recordId },
    {
      onData: ({ data }) => received.push(data.messageId),
      onError: (err) => errors.push(err),
      onStarted: () => (starts += 1),
    },
  );
  return { received, errors, starts: () => starts, stop: () => subscription.unsubscribe() };
}

const patience = { timeout: 20_000 };

describe('calls', () => {
  test('write to the resolver and read it back from the query service', async () => {
    const recordId = await createRecord();
    const record = await kith.read.records.get.query({ recordId });
    expect(record.identifiers).toEqual([
      { kind: 'email', value: `${recordId}@lima.example`, field: 'email' },
    ]);
  });

  test('of one moment travel as few requests, with the key in a header and nothing in the URL', async () => {
    const urls: string[] = [];
    const counting = createKithClient({
      queryUrl: query.url,
      resolverUrl: resolver.url,
      apiKey,
      fetch: (input, init) => {
        urls.push(input instanceof Request ? input.url : String(input));
        return fetch(input, init);
      },
    });
    const searches = Array.from({ length: 25 }, (_, n) =>
      counting.read.records.search.query({ query: `private ${n}` }),
    );
    await Promise.all(searches);
    expect(urls).toHaveLength(3);
    expect(urls.join()).not.toMatch(/private|kith_/);
  });

  test('with a list of ids that no URL could hold are answered', async () => {
    const deliveryIds = Array.from({ length: 500 }, () => randomUUID());
    const { items } = await kith.read.deliveries.outcomes.query({ deliveryIds });
    expect(items).toHaveLength(500);
  });

  test('of a list page by page give every item once', async () => {
    const recordIds = await Promise.all(Array.from({ length: 5 }, createRecord));
    const found: string[] = [];
    for await (const record of pages(kith.read.records.search, { limit: 2 })) found.push(record.recordId);
    expect(found).toEqual([...new Set(found)]);
    expect(found).toEqual(expect.arrayContaining(recordIds));
  });

  test('that fail tell code, field and message', async () => {
    const err: unknown = await kith.read.records.get.query({ recordId: 'nobody' }).catch((e: unknown) => e);
    expect(kithError(err)).toEqual({
      code: 'record_not_found',
      field: 'recordId',
      message: 'no record with this id',
      issues: [],
    });
    expect(kithError(new Error('else'))).toBeNull();
    expect(kithError('else')).toBeNull();
  });
});

describe('a subscription', () => {
  test('goes on after its connection was cut, with every event once', async () => {
    const recordId = await createRecord();
    await using cable = await layCable(query.url);
    const client = createKithClient({ queryUrl: cable.url, resolverUrl: resolver.url, apiKey });
    const watched = watch(client, recordId);
    await expect.poll(watched.starts, patience).toBe(1);
    await publish(recordId, 'm1');
    await expect.poll(() => watched.received, patience).toEqual(['m1']);

    expect(cable.cut()).toBeGreaterThan(0);
    await publish(recordId, 'm2');
    await publish(recordId, 'm3');
    cable.mend();
    await publish(recordId, 'm4');
    await expect.poll(() => watched.received, patience).toEqual(['m1', 'm2', 'm3', 'm4']);
    watched.stop();
    expect(watched.errors).toEqual([]);
  });

  test('misses nothing even when it was cut before its first event', async () => {
    const recordId = await createRecord();
    await using cable = await layCable(query.url);
    const client = createKithClient({ queryUrl: cable.url, resolverUrl: resolver.url, apiKey });
    const watched = watch(client, recordId);
    await expect.poll(watched.starts, patience).toBe(1);
    cable.cut();
    await publish(recordId, 'm1');
    cable.mend();
    await expect.poll(() => watched.received, patience).toEqual(['m1']);
    watched.stop();
  });

  test('to a whole workspace goes on after a cut, with every event once', async () => {
    await using cable = await layCable(query.url);
    const client = createKithClient({ queryUrl: cable.url, resolverUrl: resolver.url, apiKey });
    const received: string[] = [];
    const subscription = client.read.workspace.onEvent.subscribe(
      { types: ['record.activity'] },
      {
        onData: ({ data }) => data.type === 'record.activity' && received.push(data.data.messageId ?? ''),
      },
    );
    await expect.poll(() => cable.attempts(), patience).toBeGreaterThan(0);
    const recordId = await createRecord();
    const heard = async () => {
      await publish(recordId, 'hello');
      return received.includes('hello');
    };
    await expect.poll(heard, patience).toBe(true);
    cable.cut();
    for (const messageId of ['m1', 'm2', 'm3']) await publish(recordId, messageId);
    cable.mend();
    await publish(recordId, 'm4');
    const told = () => received.filter((messageId) => messageId !== 'hello');
    await expect.poll(told, patience).toEqual(['m1', 'm2', 'm3', 'm4']);
    subscription.unsubscribe();
  });

  test.each(['SIGTERM', 'SIGKILL'] as const)(
    'goes on after the service was ended with %s and started again',
    async (signal) => {
      const recordId = await createRecord();
      const watched = watch(kith, recordId);
      await expect.poll(watched.starts, patience).toBe(1);
      await publish(recordId, 'm1');
      await expect.poll(() => watched.received, patience).toEqual(['m1']);

      await query.stop(signal);
      await publish(recordId, 'm2');
      await query.start();
      await publish(recordId, 'm3');
      await expect.poll(() => watched.received, patience).toEqual(['m1', 'm2', 'm3']);
      watched.stop();
      expect(watched.errors).toEqual([]);
    },
    60_000,
  );

  test('to a service that is not there yet begins when it comes', async () => {
    const recordId = await createRecord();
    await using cable = await layCable(query.url);
    cable.cut();
    const client = createKithClient({ queryUrl: cable.url, resolverUrl: resolver.url, apiKey });
    const watched = watch(client, recordId);
    await expect.poll(() => cable.attempts(), patience).toBeGreaterThan(0);
    cable.mend();
    await expect.poll(watched.starts, patience).toBe(1);
    watched.stop();
  });

  test('that can never work ends with the typed error', async () => {
    const stranger = createKithClient({
      queryUrl: query.url,
      resolverUrl: resolver.url,
      apiKey: 'kith_nobody',
    });
    const refused = watch(stranger, '93');
    const unknown = watch(kith, 'nobody');
    await expect
      .poll(() => refused.errors.map(kithError), patience)
      .toMatchObject([{ code: 'unauthorized' }]);
    await expect
      .poll(() => unknown.errors.map(kithError), patience)
      .toMatchObject([{ code: 'record_not_found', field: 'recordId' }]);
  });
});
