import type { Bus } from '@kith/bus';
import { inboundStream, inboundSubject, receivedStream, receivedSubject } from '@kith/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAllPages } from '../test/pages.ts';
import { openQueryService, type QueryService } from '../test/query-service.ts';
import { readAccounting } from './reads/accounting.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

const readers = { stream: receivedStream, durable: 'readers', subject: 'kith.received.*.*.*' };

let messages = 0;
const deliver = async (workspace: string): Promise<number> => {
  messages += 1;
  const subject = inboundSubject('email', workspace);
  return (await service.bus.publish(subject, new Uint8Array([1]), { messageId: `d${messages}` })).seq;
};

/** As an ingest service answers webhooks: durable, and not read yet. */
const receive = async (workspace: string, count: number): Promise<void> => {
  messages += 1;
  const subject = receivedSubject('email', workspace, count);
  await service.bus.publish(subject, new Uint8Array([1]), { messageId: `r${messages}` });
};

/** Consumes deliveries as the resolver does, or what was received as the ingest services do, until nothing is left. */
async function consumeAll(
  stream = { stream: inboundStream, durable: 'resolver', subject: 'kith.inbound.*.*' },
): Promise<void> {
  const ending = new AbortController();
  const consumer = service.bus.consumeBatches({
    ...stream,
    batchMax: 10,
    ackWaitMs: 10_000,
    signal: ending.signal,
    handle: (batch) => {
      for (const message of batch) message.ack();
      return Promise.resolve();
    },
  });
  await expect.poll(() => service.bus.unacknowledged(stream.stream, stream.durable)).toBe(0);
  ending.abort();
  await consumer.done;
}

describe('deliveries.accounting', () => {
  test('adds up at every moment: before the resolver ran, while deliveries wait, and when all are done', async () => {
    const { seed, client } = await service.tenant();
    const other = await service.tenant();
    await deliver(other.seed.workspace);
    const seq = await deliver(seed.workspace);
    await deliver(seed.workspace);
    const empty = { stored: 0, duplicate: 0, ignored: 0, deadLettered: 0 };
    expect(await client.deliveries.accounting.query({})).toMatchObject({ ...empty, accepted: 2, pending: 2 });

    await seed.delivery({ seq, outcomes: [{ outcome: 'stored' }] });
    const counts = [
      ['accepted', '', 5],
      ['stored', '', 1],
      ['duplicate', '', 1],
      ['ignored', 'nothing_for_us', 2],
      ['dead_lettered', 'parse_failed', 1],
    ] as const;
    for (const [outcome, reason, count] of counts) await seed.count(outcome, reason, count);
    const done = {
      stored: 1,
      duplicate: 1,
      ignored: 2,
      deadLettered: 1,
      ignoredByReason: { nothing_for_us: 2 },
      deadLetteredByReason: { parse_failed: 1 },
    };
    expect(await client.deliveries.accounting.query({})).toEqual({ ...done, accepted: 6, pending: 1 });

    await consumeAll();
    expect(await client.deliveries.accounting.query({})).toEqual({ ...done, accepted: 5, pending: 0 });
  });

  test('counts what was answered and not read yet, as many webhooks as lie in each message', async () => {
    const { seed, client } = await service.tenant();
    const other = await service.tenant();
    await receive(other.seed.workspace, 100);
    await receive(seed.workspace, 3);
    await receive(seed.workspace, 3);
    await receive(seed.workspace, 1);
    const counted = () => client.deliveries.accounting.query({});
    expect(await counted()).toMatchObject({ accepted: 7, pending: 7 });
    await deliver(seed.workspace);
    expect(await counted()).toMatchObject({ accepted: 8, pending: 8 });
    await consumeAll(readers);
    expect(await counted()).toMatchObject({ accepted: 1, pending: 1 });
    await consumeAll();
  });

  test('counts a webhook that is read in the middle of the question twice rather than never', async () => {
    const { seed } = await service.tenant();
    const { bus, db } = service;
    await receive(seed.workspace, 1);
    const moving: Bus = {
      ...bus,
      unacknowledged: async (stream, durable) => {
        const count = await bus.unacknowledged(stream, durable);
        await deliver(seed.workspace);
        await consumeAll(readers);
        return count;
      },
    };
    const { accepted } = await readAccounting({ db, bus: moving }, seed.workspace);
    expect(accepted).toBeGreaterThan(0);
    await consumeAll();
  });

  test('does without the stream of what was received, where no ingest service has started yet', async () => {
    const { seed, client } = await service.tenant();
    await service.bus.deleteStream(receivedStream);
    await seed.count('accepted', '', 1);
    expect(await client.deliveries.accounting.query({})).toMatchObject({ accepted: 1, pending: 0 });
  });
});

describe('deliveries.outcomes', () => {
  test('answers in the order asked for, and null for what is not recorded', async () => {
    const { seed, client } = await service.tenant();
    const stored = await seed.delivery({
      seq: 1,
      outcomes: [{ outcome: 'stored', messageId: 'm' }, { outcome: 'ignored' }],
    });
    const unknown = '7b3f35c5-58a1-4b5b-9a3b-0b3c5a8f9d11';
    const { items } = await client.deliveries.outcomes.query({ deliveryIds: [unknown, stored] });
    expect(items).toEqual([
      { deliveryId: unknown, outcomes: null },
      { deliveryId: stored, outcomes: [{ outcome: 'stored', messageId: 'm' }, { outcome: 'ignored' }] },
    ]);
  });
});

describe('deliveries.deadLetters', () => {
  test('pages through all of them, newest first, also where several are of one instant', async () => {
    const { seed, client } = await service.tenant();
    const times = ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00.000Z'];
    for (let n = 0; n < 8; n += 1) await seed.deadLetter(times[n % 2] ?? '');
    const found = await readAllPages((cursor) => client.deliveries.deadLetters.query({ limit: 3, cursor }));
    expect(new Set(found.map(({ id }) => id)).size).toBe(8);
    const shown = found.map(({ createdAt }) => createdAt);
    expect(shown).toEqual(shown.toSorted().toReversed());
  });

  test('are of one account where it is named', async () => {
    const { seed, client } = await service.tenant();
    const ids: string[] = [];
    for (let n = 0; n < 5; n += 1) {
      await seed.deadLetter(`2026-11-0${n + 1}T00:00:00.000Z`, 'other');
      ids.unshift(await seed.deadLetter(`2026-11-0${n + 1}T00:00:00.000Z`));
    }
    const found = await readAllPages((cursor) =>
      client.deliveries.deadLetters.query({ accountId: 'mail', limit: 2, cursor }),
    );
    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(await client.deliveries.deadLetters.query({ accountId: 'none' })).toMatchObject({ items: [] });
  });
});

test('deliveries.accountingByAccount tells the accounting of each account apart', async () => {
  const { seed, client } = await service.tenant();
  await seed.count('accepted', '', 5);
  await seed.count('stored', '', 2);
  await seed.count('ignored', 'nothing_for_us', 1);
  await seed.count('ignored', 'erased', 1);
  await seed.count('dead_lettered', 'parse_failed', 1);
  await seed.count('accepted', '', 2, 'chat');
  await seed.count('duplicate', '', 2, 'chat');
  const { items } = await client.deliveries.accountingByAccount.query();
  expect(items).toEqual([
    { accountId: 'chat', accepted: 2, stored: 0, duplicate: 2, ignored: 0, deadLettered: 0 },
    { accountId: 'mail', accepted: 5, stored: 2, duplicate: 0, ignored: 2, deadLettered: 1 },
  ]);
});

describe('accounts.list', () => {
  test('shows when an account was last heard of, its settings, and no secret', async () => {
    const { seed, client } = await service.tenant();
    await seed.account('mail');
    await seed.account('never');
    await seed.delivery({ seq: 1, outcomes: [], at: '2026-11-01T00:00:00.000Z' });
    await seed.delivery({ seq: 2, outcomes: [], at: '2026-11-02T00:00:00.000Z' });
    const { items } = await client.accounts.list.query({});
    expect(items).toMatchObject([
      { accountId: 'mail', channel: 'email', provider: 'mime', lastDeliveryAt: '2026-11-02T00:00:00.000Z' },
      { accountId: 'never', lastDeliveryAt: null, settings: {} },
    ]);
    expect(JSON.stringify(items)).not.toContain('sealed');
  });
});
