import { openBus } from '@kith/bus';
import { openDatabase } from '@kith/database';
import { createLog, listen } from '@kith/service';
import { startTestNats } from '@kith/stack/testing';
import { Registry } from 'prom-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createClient,
  openQueryService,
  type QueryService,
  type Tenant,
  testCursors as cursors,
} from '../test/query-service.ts';
import { createQueryApp } from './server.ts';

let service: QueryService;
let tenant: Tenant;
beforeAll(async () => {
  service = await openQueryService();
  tenant = await service.tenant();
  await tenant.seed.record({ recordId: '93' });
});
afterAll(() => service[Symbol.asyncDispose]());

const anyId = '0b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa';
const manyIds = Array.from({ length: 101 }, () => anyId);
const pack = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const badInput = (field: string) => ({ data: { httpStatus: 400, kith: { code: 'bad_input', field } } });

describe('an input that does not fit is refused with the field', () => {
  test.each([
    ['cursor', () => tenant.client.records.search.query({ cursor: 'garbage' })],
    ['cursor', () => tenant.client.records.conversations.query({ recordId: '93', cursor: 'garbage' })],
    ['cursor', () => tenant.client.records.timeline.query({ recordId: '93', cursor: 'garbage' })],
    ['cursor', () => tenant.client.deliveries.deadLetters.query({ cursor: 'garbage' })],
    ['cursor', () => tenant.client.participants.search.query({ cursor: 'garbage' })],
    ['cursor', () => tenant.client.participants.search.query({ cursor: pack([1, 2, anyId]) })],
    ['cursor', () => tenant.client.review.list.query({ cursor: 'garbage' })],
    ['cursor', () => tenant.client.review.list.query({ cursor: pack([1, -1, anyId]) })],
    ['cursor', () => tenant.client.review.list.query({ cursor: pack([1, 2 ** 31, anyId]) })],
    ['cursor', () => tenant.client.review.list.query({ cursor: pack([1, 0.5, anyId]) })],
    ['limit', () => tenant.client.participants.search.query({ limit: 0 })],
    ['limit', () => tenant.client.review.list.query({ limit: 101 })],
    ['query', () => tenant.client.participants.search.query({ query: 'a\0b' })],
    ['reasons', () => tenant.client.review.list.query({ reasons: [] })],
    // @ts-expect-error no such reason
    ['reasons.0', () => tenant.client.review.list.query({ reasons: ['linked'] })],
    // @ts-expect-error contested is no status: such participants are linked, and on the review list
    ['status', () => tenant.client.participants.search.query({ status: 'contested' })],
    ['participantId', () => tenant.client.participants.explain.query({ participantId: '' })],
    ['participantId', () => tenant.client.participants.explain.query({ participantId: 'a\0b' })],
    ['limit', () => tenant.client.records.search.query({ limit: 101 })],
    ['recordId', () => tenant.client.records.get.query({ recordId: '9\0' })],
    ['query', () => tenant.client.records.search.query({ query: 'a\0b' })],
    ['deliveryIds.0', () => tenant.client.deliveries.outcomes.query({ deliveryIds: ['x'] })],
    ['channels', () => tenant.client.records.timeline.query({ recordId: '93', channels: [] })],
    ['before', () => tenant.client.records.timeline.query({ recordId: '93', before: 'yesterday' })],
    ['after', () => tenant.client.records.timeline.query({ recordId: '93', after: '0000-01-01T00:00:00Z' })],
    ['participantIds', () => tenant.client.records.timeline.query({ recordId: '93', participantIds: [] })],
    // @ts-expect-error there is newest and oldest first
    ['order', () => tenant.client.conversations.messages.query({ conversationId: anyId, order: 'best' })],
    ['conversationIds', () => tenant.client.conversations.byIds.query({ conversationIds: manyIds })],
    ['days', () => tenant.client.stats.messages.query({ days: 367 })],
    ['cursor', () => tenant.client.history.list.query({ cursor: 'garbage' })],
    ['accountId', () => tenant.client.deliveries.deadLetters.query({ accountId: 'a\0b' })],
    // @ts-expect-error an unknown field is a typing mistake, at compile time and at run time
    ['recordid', () => tenant.client.records.get.query({ recordId: '93', recordid: '93' })],
  ])('%s', async (field, ask) => {
    await expect(ask()).rejects.toMatchObject(badInput(field));
  });

  test('a cursor of a conversation’s messages', async () => {
    const ana = await tenant.seed.participant({ identifier: 'ana@lima.example' });
    const { id } = await tenant.seed.conversation({
      people: [{ id: ana, role: 'from' }],
      messages: [{ sentAt: '2026-11-01T00:00:00.000Z' }],
    });
    const asked = tenant.client.conversations.messages.query({ conversationId: id, cursor: 'garbage' });
    await expect(asked).rejects.toMatchObject(badInput('cursor'));
  });
});

test('a cursor goes on with its own question only', async () => {
  const { seed, client } = await service.tenant();
  const other = await service.tenant();
  const mails = [{ sentAt: '2026-11-01T00:00:00.000Z' }, { sentAt: '2026-11-02T00:00:00.000Z' }];
  for (const recordId of ['93', '94']) {
    await seed.record({ recordId });
    const id = await seed.participant({ identifier: `${recordId}@lima.example`, recordId });
    await seed.conversation({ people: [{ id, role: 'from' }], messages: mails });
  }
  await other.seed.record({ recordId: '93' });
  const page = await client.records.timeline.query({ recordId: '93', channels: ['email'], limit: 1 });
  const cursor = page.nextCursor ?? 'none';
  const next = client.records.timeline.query({ recordId: '93', channels: ['email'], cursor });
  await expect(next).resolves.toMatchObject({ items: [{ sentAt: mails[0]?.sentAt }], nextCursor: null });
  const elsewhere = [
    client.records.timeline.query({ recordId: '94', channels: ['email'], cursor }),
    client.records.timeline.query({ recordId: '93', cursor }),
    client.records.conversations.query({ recordId: '93', channels: ['email'], cursor }),
    other.client.records.timeline.query({ recordId: '93', channels: ['email'], cursor }),
    client.records.timeline.query({ recordId: '93', channels: ['email'], order: 'oldest', cursor }),
    client.records.timeline.query({ recordId: '93', channels: ['email'], before: mails[1]?.sentAt, cursor }),
    client.records.timeline.query({ recordId: '93', channels: ['email'], participantIds: [anyId], cursor }),
  ];
  await Promise.all(elsewhere.map((asked) => expect(asked).rejects.toMatchObject(badInput('cursor'))));
});

test('an id that is not of our form is not found, rather than a bad input', async () => {
  await expect(tenant.client.conversations.get.query({ conversationId: 'x' })).rejects.toMatchObject({
    data: { kith: { code: 'conversation_not_found', field: 'conversationId' } },
  });
  const { get, explain } = tenant.client.participants;
  for (const participantId of ['x', anyId]) {
    for (const ask of [get, explain]) {
      await expect(ask.query({ participantId })).rejects.toMatchObject({
        data: { kith: { code: 'participant_not_found', field: 'participantId' } },
      });
    }
  }
});

test('a record that was merged into another is refused by every read, naming the other', async () => {
  await tenant.seed.record({ recordId: '92', mergedInto: '93' });
  const { get, conversations, timeline, participants, activityPosition } = tenant.client.records;
  for (const ask of [get, conversations, timeline, participants, activityPosition]) {
    await expect(ask.query({ recordId: '92' })).rejects.toMatchObject({
      message: 'record 92 was merged into record 93',
      data: { httpStatus: 409, kith: { code: 'record_merged', field: 'recordId' } },
    });
  }
});

test('while Postgres is away every call is 503 unavailable, also before its key could be checked', async () => {
  const log = createLog({ name: 'query-test', level: 'silent' });
  await using db = openDatabase({ url: 'postgres://127.0.0.1:1/none', name: 'query-test' });
  const { app } = createQueryApp({ ...service.sources, cursors, db, log, metrics: new Registry() });
  const server = await listen({ handler: app.fetch, host: '127.0.0.1', port: 0 });
  try {
    const client = createClient(server.url, 'kith_any');
    await expect(client.records.get.query({ recordId: '93' })).rejects.toMatchObject({
      message: 'temporarily unavailable; try again',
      data: { httpStatus: 503, kith: { code: 'unavailable' } },
    });
  } finally {
    await server.close(0);
  }
});

test('while NATS is away the accounting is 503, and reads of Postgres go on', async () => {
  const log = createLog({ name: 'query-test', level: 'silent' });
  const nats = await startTestNats();
  await using bus = await openBus({ url: nats.url, name: 'query-test', log });
  await nats.stop();
  const { app } = createQueryApp({
    ...service.sources,
    db: service.db,
    cursors,
    bus,
    log,
    metrics: new Registry(),
  });
  const server = await listen({ handler: app.fetch, host: '127.0.0.1', port: 0 });
  try {
    const client = createClient(server.url, tenant.apiKey);
    await expect(client.deliveries.accounting.query({})).rejects.toMatchObject({
      data: { httpStatus: 503, kith: { code: 'unavailable' } },
    });
    await expect(client.records.get.query({ recordId: '93' })).resolves.toMatchObject({ recordId: '93' });
  } finally {
    await server.close(0);
  }
});
