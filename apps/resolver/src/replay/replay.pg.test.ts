/*
 * Invariant 2 over replays: accepted = stored + duplicate + ignored + dead-lettered before, in between and after, and
 * accepted stays what it was.
 */
import type { DeliveryItem } from '@kith/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { applyBatch } from '../apply/apply-batch.ts';
import { writeDeadDelivery, writeDeadMessage } from '../apply/dead-letters.ts';
import type { Arrived } from '../apply/decode.ts';
import { arrived, mail } from '../../test/deliveries.ts';
import { answerTask, nothing, soundCounts, tasksIn, unreadable } from '../../test/replays.ts';
import { clearAllButKeys, errorOf, openResolver, type TestResolver } from '../../test/resolver.ts';
import { forgetBody } from './apply-replay.ts';

let resolver: TestResolver;
beforeAll(async () => {
  resolver = await openResolver();
});
afterAll(() => resolver[Symbol.asyncDispose]());
beforeEach(() => clearAllButKeys(resolver.db));

const at = '2026-03-02T09:00:00.000Z';
const nobody = '00000000-0000-8000-8000-000000000000';
const replay = (input: Parameters<typeof resolver.acme.deadLetters.replay.mutate>[0] = {}) =>
  resolver.acme.deadLetters.replay.mutate(input);
const accept = (...batch: Arrived[]) => resolver.db.write('acme', (tx) => applyBatch(tx, batch, at));
const die = (poison: Arrived) =>
  resolver.db.write('acme', (tx) => writeDeadDelivery(tx, poison, new Error('constraint')));

interface Letter {
  id: string;
  item: number;
  reason: string;
  detail: string;
  raw: string | null;
}

const letters = () =>
  resolver.db.rows<Letter>(sql`select id, item_index as item, reason, detail, raw_blob as raw from dead_letter
    order by created_at, item_index`);

const onlyTask = async () => {
  const tasks = await tasksIn(resolver.db);
  const [task] = tasks;
  if (task === undefined || tasks.length > 1) throw new Error(`${tasks.length} tasks instead of one`);
  return task;
};

const stored = async () =>
  (await resolver.db.rows<{ subject: string }>(sql`select subject from message order by subject`)).map(
    ({ subject }) => subject,
  );

const answer = async (...found: DeliveryItem[]) => answerTask(resolver.db, await onlyTask(), found);

describe('asking', () => {
  test('leaves one task for each delivery, with all that is needed to read it again, and changes nothing', async () => {
    const poison = arrived([unreadable(), mail({ id: 'a@x' }), unreadable('not_a_message')]);
    await accept(poison);
    const before = await soundCounts(resolver.db);
    expect(await replay()).toEqual({ replayed: 2, skipped: 0 });
    const { id, accountId, channel, provider, receivedAt } = poison.delivery;
    expect(await onlyTask()).toEqual({
      version: 1,
      workspace: 'acme',
      deliveryId: id,
      accountId,
      channel,
      provider,
      receivedAt,
      origin: 'webhook',
      raw: 'acme/aa/raw',
      items: [0, 2],
      itemCount: 3,
      arrivedWith: [id],
    });
    expect(await soundCounts(resolver.db)).toEqual(before);
    expect(await letters()).toHaveLength(2);
  });

  test('names dead letters by their ids, or those of an account or a reason', async () => {
    await accept(arrived([unreadable()]), arrived([unreadable('not_a_message')], { accountId: 'other' }));
    expect(await replay({ accountId: 'other' })).toEqual({ replayed: 1, skipped: 0 });
    expect(await replay({ reason: 'not_a_message', accountId: 'support-mail' })).toEqual({
      replayed: 0,
      skipped: 0,
    });
    expect(await replay({ reason: 'parse_failed' })).toEqual({ replayed: 1, skipped: 0 });
    const ids = (await letters()).map(({ id }) => id);
    expect(await replay({ deadLetterIds: ids })).toEqual({ replayed: 2, skipped: 0 });
    expect(await errorOf(replay({ deadLetterIds: [ids[0] ?? '', nobody] }))).toMatchObject({
      code: 'dead_letter_not_found',
      field: 'deadLetterIds.1',
    });
    expect(await errorOf(replay({ deadLetterIds: ids, accountId: 'other' }))).toMatchObject({
      code: 'bad_input',
    });
    const foreign = resolver.other.deadLetters.replay.mutate({ deadLetterIds: ids });
    expect(await errorOf(foreign)).toMatchObject({ code: 'dead_letter_not_found' });
    expect(await resolver.other.deadLetters.replay.mutate({})).toEqual({ replayed: 0, skipped: 0 });
  });

  test('skips what was no delivery, what is not kept, and files, which come again with their messages', async () => {
    const raw = { key: 'acme/aa/raw', size: 1 };
    const message = { workspace: 'acme', subject: 'kith.inbound.email.acme', seq: 1, raw, at };
    await writeDeadMessage(resolver.db, { ...message, deliveryId: nobody, reason: 'is not JSON' });
    await die(
      arrived([{ kind: 'media', key: 'x', result: { failure: 'gave_up', detail: '' } }], { origin: 'media' }),
    );
    await accept(arrived([unreadable()]));
    await resolver.db.rows(sql`update dead_letter set raw_blob = null where reason = 'parse_failed'`);
    expect(await replay()).toEqual({ replayed: 0, skipped: 3 });
    expect(await tasksIn(resolver.db)).toEqual([]);
  });
});

describe('a dead letter that is read again', () => {
  test('ends as stored, duplicate or ignored in its place, and leaves the list', async () => {
    await accept(arrived([mail({ id: 'known@x' })]));
    await accept(arrived([unreadable(), mail({ id: 'a@x' }), unreadable(), unreadable()]));
    await replay();
    await answer(mail({ id: 'new@x' }), mail({ id: 'a@x' }), mail({ id: 'known@x' }), nothing);
    expect(await letters()).toEqual([]);
    expect(await soundCounts(resolver.db)).toEqual({
      accepted: 5,
      stored: 3,
      duplicate: 1,
      'ignored unknown_event_type': 1,
    });
    expect(await stored()).toEqual(['About a@x', 'About known@x', 'About new@x']);
    const [{ outcomes } = { outcomes: null }] = await resolver.db.rows<{ outcomes: unknown }>(
      sql`select outcomes from delivery where jsonb_array_length(outcomes) = 4`,
    );
    expect(outcomes).toMatchObject([
      { outcome: 'stored', messageId: expect.any(String) as string },
      { outcome: 'stored' },
      { outcome: 'duplicate' },
      { outcome: 'ignored' },
    ]);
  });

  test('stays with today’s reason where it still cannot be read', async () => {
    await accept(arrived([unreadable()]));
    const [before] = await letters();
    await replay();
    await answer({ kind: 'unreadable', reason: 'not_a_message', detail: 'no header' });
    expect(await letters()).toEqual([{ ...before, reason: 'not_a_message', detail: 'no header' }]);
    expect(await soundCounts(resolver.db)).toEqual({ accepted: 1, 'dead_lettered not_a_message': 1 });
  });

  test('of a delivery that could not be written is written again, and nothing of what was not asked for', async () => {
    const items = [mail({ id: 'a@x' }), mail({ id: 'b@x' })];
    await die(arrived(items));
    const [first] = await letters();
    await replay({ deadLetterIds: [first?.id ?? ''] });
    await answer(...items);
    expect(await stored()).toEqual(['About a@x']);
    expect((await letters()).map(({ item }) => item)).toEqual([1]);
    expect(await soundCounts(resolver.db)).toEqual({
      accepted: 2,
      stored: 1,
      'dead_lettered write_failed': 1,
    });
  });

  test('ends once, however often it was asked for and answered, also at the same moment', async () => {
    await accept(arrived([unreadable()]));
    await Promise.all([replay(), replay()]);
    const tasks = await tasksIn(resolver.db);
    expect(tasks).toHaveLength(2);
    const once = { accepted: 1, stored: 1 };
    await Promise.all(
      [...tasks, ...tasks].map((task) => answerTask(resolver.db, task, [mail({ id: 'a@x' })])),
    );
    expect(await soundCounts(resolver.db)).toEqual(once);
    expect(await letters()).toEqual([]);
  });
});

describe('a body that holds more today than it did', () => {
  test('is taken in as a whole, counted as the one item that was accepted', async () => {
    await accept(arrived([unreadable()]));
    await replay();
    await answerTask(resolver.db, await onlyTask(), [mail({ id: 'beyond@x' })], { settles: false });
    expect(await soundCounts(resolver.db)).toEqual({ accepted: 1, 'dead_lettered parse_failed': 1 });
    await answer(mail({ id: 'a@x' }), nothing, mail({ id: 'b@x' }));
    expect(await soundCounts(resolver.db)).toEqual({ accepted: 1, stored: 1 });
    expect(await stored()).toEqual(['About a@x', 'About b@x', 'About beyond@x']);
  });

  test('stays a dead letter while one of its items cannot be read', async () => {
    await accept(arrived([unreadable()]));
    await replay();
    await answer(mail({ id: 'a@x' }), unreadable('not_a_message'));
    expect(await soundCounts(resolver.db)).toEqual({ accepted: 1, 'dead_lettered not_a_message': 1 });
    expect(await stored()).toEqual(['About a@x']);
  });
});

test('a page of another making, in which a reader finds nothing, does not end what it once held', async () => {
  await die(arrived([mail({ id: 'a@x' })], { origin: 'sync' }));
  await replay();
  await answer(nothing);
  expect(await letters()).toMatchObject([
    { reason: 'write_failed', detail: expect.stringContaining('unknown_event_type') as string },
  ]);
  expect(await soundCounts(resolver.db)).toEqual({ accepted: 1, 'dead_lettered write_failed': 1 });
});

test('a body that is not kept any more can be replayed no longer', async () => {
  await accept(arrived([unreadable()]));
  await replay();
  const { workspace, deliveryId, items } = await onlyTask();
  const gone = { version: 1 as const, workspace, deliveryId, items, delivery: null, settles: true };
  await resolver.db.write('acme', (tx) => forgetBody(tx, gone));
  expect(await letters()).toMatchObject([{ reason: 'parse_failed', raw: null }]);
  expect(await replay()).toEqual({ replayed: 0, skipped: 1 });
});
