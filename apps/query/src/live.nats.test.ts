import { setMaxListeners } from 'node:events';
import type { Activity } from '@kith/contracts';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';
import { type Watch, watchActivity, watchWorkspace } from '../test/watch.ts';
import type { LiveRequest } from './subscription.ts';

let service: QueryService;
let tenant: Tenant;
const watches: { stop(): void }[] = [];
/** So few that the past of most tests is in the stream only. */
const limits = { eventsMax: 40, subscribersMax: 12 };
beforeAll(async () => {
  service = await openQueryService(limits);
  tenant = await service.tenant();
  for (const recordId of ['1', '2', '3', '4', '5']) await tenant.seed.record({ recordId });
});
afterEach(() => {
  for (const watched of watches.splice(0)) watched.stop();
});
afterAll(() => service[Symbol.asyncDispose]());

const publish = (recordId: string, messageId: string, workspace = tenant.seed.workspace): Promise<number> =>
  service.publish(workspace, 'record.activity', { recordId, reason: 'message', messageId });

function keep<T extends { stop(): void }>(watched: T): T {
  watches.push(watched);
  return watched;
}

const watch = (input: { recordId: string; lastEventId?: string }) =>
  keep(watchActivity(tenant.client, input));

const messagesOf = (watched: Watch<Activity>): (string | undefined)[] =>
  watched.events.map(({ data }) => data.messageId);

describe('records.onActivity', () => {
  test('tells what happens to this record of this workspace from its start, and nothing else', async () => {
    const stranger = await service.tenant();
    await stranger.seed.record({ recordId: '1' });
    await publish('1', 'before');
    const watched = watch({ recordId: '1' });
    await watched.started;
    await publish('2', 'another record');
    await publish('1', 'another workspace', stranger.seed.workspace);
    const seq = await publish('1', 'm1');
    await publish('1', 'm2');
    await expect.poll(() => messagesOf(watched)).toEqual(['m1', 'm2']);
    expect(watched.events[0]).toEqual({
      id: String(seq),
      data: { recordId: '1', reason: 'message', at: '2026-11-22T12:00:00.000Z', messageId: 'm1' },
    });
  });

  test('resumes after the last event seen, without a gap and without a double, while more arrives', async () => {
    const seqs: number[] = [];
    for (let n = 0; n < 50; n += 1) seqs.push(await publish('3', `m${n}`));
    const watched = watch({ recordId: '3', lastEventId: String(seqs[19]) });
    for (let n = 50; n < 120; n += 1) seqs.push(await publish('3', `m${n}`));
    await expect.poll(() => watched.events.length, { timeout: 10_000 }).toBe(100);
    expect(watched.events.map(({ id }) => Number(id))).toEqual(seqs.slice(20));
  });

  test('resumes at the end of the stream, and from its beginning', async () => {
    const seq = await publish('4', 'a');
    const atEnd = watch({ recordId: '4', lastEventId: String(seq) });
    const atStart = watch({ recordId: '4', lastEventId: '0' });
    await Promise.all([atEnd.started, atStart.started]);
    await publish('4', 'b');
    await expect.poll(() => messagesOf(atEnd)).toEqual(['b']);
    await expect.poll(() => messagesOf(atStart)).toEqual(['a', 'b']);
  });

  test('misses nothing after the position it was asked for', async () => {
    const { lastEventId } = await tenant.client.records.activityPosition.query({ recordId: '5' });
    await publish('5', 'between');
    const watched = watch({ recordId: '5', lastEventId });
    await expect.poll(() => messagesOf(watched)).toEqual(['between']);
  });

  test.each([
    ['not a number', { recordId: '1', lastEventId: 'abc' }, 'bad_input', 'lastEventId'],
    ['of a stream that is gone', { recordId: '1', lastEventId: '999999' }, 'bad_input', 'lastEventId'],
    ['of no record', { recordId: 'nobody' }, 'record_not_found', 'recordId'],
  ])('ends with a clear error for an id that is %s', async (_, input, code, field) => {
    const watched = watch(input);
    await expect.poll(() => watched.errors).toMatchObject([{ data: { kith: { code, field } } }]);
  });
});

describe('workspace.onEvent', () => {
  test('tells every event of this workspace in order, and of the types that were asked for', async () => {
    const stranger = await service.tenant();
    const all = keep(watchWorkspace(tenant.client, {}));
    const links = keep(watchWorkspace(tenant.client, { types: ['participant.linked'] }));
    await Promise.all([all.started, links.started]);
    const link = { participantId: 'p1', recordId: '1', method: 'email_webhook', confidence: 0.95 };
    const { workspace } = tenant.seed;
    await service.publish(stranger.seed.workspace, 'participant.linked', link);
    await publish('1', 'm1');
    const seq = await service.publish(workspace, 'participant.linked', link);
    await service.publish(workspace, 'record.upserted', { recordId: '1' });
    await expect
      .poll(() => all.events.map(({ data }) => data.type))
      .toEqual(['record.activity', 'participant.linked', 'record.upserted']);
    const event = { type: 'participant.linked', at: '2026-11-22T12:00:00.000Z', data: link };
    expect(links.events).toEqual([{ id: String(seq), data: event }]);
  });

  test('misses nothing after the position it was asked for', async () => {
    const { lastEventId } = await tenant.client.workspace.eventPosition.query();
    const seqs: number[] = [];
    for (let n = 0; n < 150; n += 1) seqs.push(await publish('2', `m${n}`));
    const watched = keep(watchWorkspace(tenant.client, { lastEventId }));
    await expect.poll(() => watched.events.map(({ id }) => Number(id)), { timeout: 10_000 }).toEqual(seqs);
  });
});

const request = (signal: AbortSignal, more: Partial<LiveRequest> = {}): LiveRequest => ({
  filter: { workspace: tenant.seed.workspace, recordId: '2' },
  afterSeq: undefined,
  signal,
  ...more,
});

/** One signal for many subscribers is no leak here. */
function endingOfMany(): AbortController {
  const ending = new AbortController();
  setMaxListeners(limits.subscribersMax + 1, ending.signal);
  return ending;
}

const openCount = (of: QueryService) => async (): Promise<string | undefined> =>
  /^kith_subscribers (\d+)$/m.exec(await of.metrics.metrics())?.[1];
const subscriberCount = () => openCount(service)();

describe('a subscriber', () => {
  test('that is slower than its events gets each of them, in order, when it takes them', async () => {
    const ending = new AbortController();
    const slow = (await service.sources.live.subscribe(request(ending.signal)))[Symbol.asyncIterator]();
    const published = [await publish('2', 'first')];
    expect((await slow.next()).value?.seq).toBe(published[0]);
    for (let n = 0; n < 400; n += 1) published.push(await publish('2', `m${n}`));
    const received = [published[0]];
    while (received.length < published.length) received.push((await slow.next()).value?.seq);
    expect(received).toEqual(published);
    expect(await service.metrics.metrics()).toMatch(/^kith_subscribers_behind_total [1-9]/m);
    ending.abort();
  });

  test('that goes away leaves nothing behind, read or unread', async () => {
    await expect.poll(subscriberCount).toBe('0');
    const ending = new AbortController();
    const read = await service.sources.live.subscribe(request(ending.signal));
    await service.sources.live.subscribe(request(ending.signal));
    const waiting = read[Symbol.asyncIterator]().next();
    expect(await subscriberCount()).toBe('2');
    ending.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await subscriberCount()).toBe('0');
  });

  test('that is one too many is refused for now, and the others go on', async () => {
    const ending = endingOfMany();
    const { live } = service.sources;
    for (let n = 0; n < limits.subscribersMax; n += 1) await live.subscribe(request(ending.signal));
    await expect(live.subscribe(request(ending.signal))).rejects.toMatchObject({ code: 'unavailable' });
    ending.abort();
    await live.subscribe(request(AbortSignal.timeout(1)));
  });
});

test('many that come back at one moment, from all over the past, are each given all they missed', async () => {
  const seqs: number[] = [];
  for (let n = 0; n < 300; n += 1) seqs.push(await publish('2', `m${n}`));
  const ending = endingOfMany();
  const resume = async (missed: readonly number[]) => {
    const [first = 0] = missed;
    const received: number[] = [];
    const events = await service.sources.live.subscribe(request(ending.signal, { afterSeq: first - 1 }));
    for await (const { seq } of events) if (received.push(seq) === missed.length) break;
    return received;
  };
  const pasts = Array.from({ length: limits.subscribersMax }, (_, n) => seqs.slice((n * 97) % 300));
  expect(await Promise.all(pasts.map(resume))).toEqual(pasts);
  ending.abort();
});

test('a connection that has lived long is closed, and its client goes on with nothing lost', async () => {
  await using shortLived = await openQueryService({ lifetimeMs: 100 });
  const { client, seed } = await shortLived.tenant();
  await seed.record({ recordId: '1' });
  const { lastEventId } = await client.records.activityPosition.query({ recordId: '1' });
  const watched = keep(watchActivity(client, { recordId: '1', lastEventId }));
  for (const messageId of ['m1', 'm2']) {
    await shortLived.publish(seed.workspace, 'record.activity', {
      recordId: '1',
      reason: 'message',
      messageId,
    });
    await expect.poll(() => messagesOf(watched).at(-1), { timeout: 10_000 }).toBe(messageId);
    await expect.poll(openCount(shortLived)).toBe('0');
  }
  watched.stop();
  expect(messagesOf(watched)).toEqual(['m1', 'm2']);
  expect(watched.errors).toEqual([]);
});
