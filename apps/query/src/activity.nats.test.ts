import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';
import { type Watch, watchActivity } from '../test/watch.ts';
import { type ActivityRequest, openActivity } from './activity.ts';

let service: QueryService;
let tenant: Tenant;
const watches: Watch[] = [];
beforeAll(async () => {
  service = await openQueryService();
  tenant = await service.tenant();
  for (const recordId of ['1', '2', '3', '4', '5']) await tenant.seed.record({ recordId });
});
afterEach(() => {
  for (const watched of watches.splice(0)) watched.stop();
});
afterAll(() => service[Symbol.asyncDispose]());

const publish = (recordId: string, messageId: string, workspace = tenant.seed.workspace): Promise<number> =>
  service.publishActivity(workspace, { recordId, reason: 'message', messageId });

function watch(input: { recordId: string; lastEventId?: string }, of = tenant): Watch {
  const made = watchActivity(of.client, input);
  watches.push(made);
  return made;
}

const messagesOf = (watched: Watch): (string | undefined)[] =>
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

const request = (signal: AbortSignal, more: Partial<ActivityRequest> = {}): ActivityRequest => ({
  workspace: tenant.seed.workspace,
  recordId: '2',
  afterSeq: undefined,
  signal,
  ...more,
});

describe('openActivity', () => {
  test('cuts off a reader that is too slow, which resumes with nothing lost', async () => {
    const ending = new AbortController();
    const events = (await openActivity(service.sources, request(ending.signal)))[Symbol.asyncIterator]();
    const published: number[] = [];
    for (let n = 0; n < 1_200; n += 1) published.push(await publish('2', `m${n}`));
    const other = await openActivity(service.sources, request(ending.signal));
    const last = await publish('2', 'last');
    for await (const event of other) if (event.seq === last) break;

    const received: number[] = [];
    const readOn = async () => {
      for (;;) {
        const next = await events.next();
        if (next.done === true) return;
        received.push(next.value.seq);
      }
    };
    await expect(readOn()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(received).toEqual(published.slice(0, 1_000));

    const resumed = await openActivity(
      service.sources,
      request(ending.signal, { afterSeq: received.at(-1) ?? 0 }),
    );
    for await (const event of resumed) {
      received.push(event.seq);
      if (event.seq === last) break;
    }
    expect(received).toEqual([...published, last]);
    ending.abort();
  });

  test('ends when its caller goes away, read or unread', async () => {
    const ending = new AbortController();
    const read = await openActivity(service.sources, request(ending.signal));
    await openActivity(service.sources, request(ending.signal));
    const waiting = read[Symbol.asyncIterator]().next();
    ending.abort();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
