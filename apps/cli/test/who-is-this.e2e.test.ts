/*
 * Identity and resolution through the front door: mails posted to the webhook, records and people's words through the
 * typed client, and what the reads say of it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kithError, type Participant } from '@kith/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWholeStack, type WholeStack } from './whole-stack.ts';

const cases = join(import.meta.dirname, '../../../../shared/cases/threading.json');
if (!existsSync(cases))
  console.warn(`SKIPPED: threads in every order of arrival, because ${cases} is absent`);

let stack: WholeStack;
beforeAll(async () => {
  stack = await startWholeStack({ demo: false });
  const { write } = stack.kith;
  await write.accounts.upsert.mutate({
    accountId: 'desk',
    channel: 'email',
    provider: 'mime',
    identifiers: ['desk@acme.example'],
    secrets: { token },
  });
  await write.pipelines.upsert.mutate({
    pipeline: 'contacts',
    fields: [
      { key: 'email', type: 'email' },
      { key: 'phone', type: 'phone' },
      { key: 'linkedin', type: 'linkedin' },
    ],
    defaultCountry: 'BR',
  });
});
afterAll(() => stack[Symbol.asyncDispose]());

const token = 'a-token-for-tests';
let count = 0;

/** Posts a mail of these headers and waits until it is stored. Answers its message's id. */
async function receive(headers: Record<string, string>, body = 'Hello'): Promise<string> {
  const all = {
    From: 'ana@lima.example',
    To: 'desk@acme.example',
    'Message-ID': `<m${(count += 1)}@who.example>`,
    Date: `Mon, 02 Mar 2026 10:00:${String(count % 60).padStart(2, '0')} +0000`,
    ...headers,
  };
  const mail = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  const response = await fetch(`${stack.local.urls.ingestEmail}/webhooks/mime/desk`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
    body: `${mail.join('')}\r\n${body}\r\n`,
  });
  const { deliveryId = '' } = (await response.json()) as { deliveryId?: string };
  let messageId = '';
  const ask = async () => {
    const { items } = await stack.kith.read.deliveries.outcomes.query({ deliveryIds: [deliveryId] });
    messageId = items[0]?.outcomes?.[0]?.messageId ?? '';
    return messageId;
  };
  await expect.poll(ask, { timeout: 20_000, interval: 20 }).not.toBe('');
  return messageId;
}

const upsert = (recordId: string, title: string, fields: Record<string, unknown>) =>
  stack.kith.write.records.upsert.mutate({ pipeline: 'contacts', recordId, title, fields });

async function participant(identifier: string): Promise<Participant> {
  const { items } = await stack.kith.read.participants.search.query({ query: identifier });
  const found = items.find((item) => item.identifier === identifier);
  if (found === undefined) throw new Error(`no participant ${identifier}`);
  return found;
}

const errorOf = (call: Promise<unknown>) =>
  call.then(
    () => 'no error',
    (err: unknown) => kithError(err)?.code,
  );

test('an address that two records hold waits in review, is decided by a person, explained, and undone', async () => {
  const { read, write } = stack.kith;
  await upsert('a1', 'Ana Lima', { email: 'shared@lima.example' });
  await upsert('a2', 'Ana Lima (old)', { email: 'Shared@Lima.example' });
  await receive({ From: 'Ana <shared@lima.example>' });
  const { id } = await participant('shared@lima.example');
  const inReview = async () =>
    (await read.review.list.query({ limit: 100 })).items.find((item) => item.participant.id === id);
  expect((await inReview())?.candidates.map(({ recordId }) => recordId)).toEqual(['a1', 'a2']);

  const { eventId } = await write.review.resolve.mutate({ participantId: id, recordId: 'a1' });
  expect(await inReview()).toBeUndefined();
  const explained = await read.participants.explain.query({ participantId: id });
  expect(explained).toMatchObject({ status: 'linked', recordId: 'a1', method: 'manual', confidence: 0.9 });
  expect(explained.history.map(({ action }) => action)).toEqual(['linked', 'ambiguous']);
  expect(explained.summary).toContain('Ana Lima');

  await write.participants.undo.mutate({ eventId: eventId ?? '' });
  expect(await participant('shared@lima.example')).toMatchObject({ status: 'ambiguous', recordId: null });
  expect((await inReview())?.reason).toBe('ambiguous');
  const history = (await read.participants.explain.query({ participantId: id })).history;
  expect(history.map(({ undone }) => undone)).toEqual([false, true, false]);
  expect(await errorOf(write.participants.undo.mutate({ eventId: eventId ?? '' }))).toBe('already_undone');
});

test('what a person ruled out stays out, through records, repeated mails and undoing of the rest', async () => {
  const { write } = stack.kith;
  await upsert('b1', 'Bo', { email: 'bo@stays.example' });
  await receive({ From: 'bo@stays.example' });
  const { id, recordId } = await participant('bo@stays.example');
  expect(recordId).toBe('b1');
  await write.participants.unlink.mutate({ participantId: id });
  await receive({ From: 'bo@stays.example' });
  await upsert('b1', 'Bo', { email: ['bo@stays.example', 'bo@other.example'] });
  await write.records.delete.mutate({ recordId: 'b1' });
  await upsert('b1', 'Bo', { email: 'bo@stays.example' });
  expect(await participant('bo@stays.example')).toMatchObject({ status: 'unlinked', recordId: null });
});

test('records merge, their participants follow, and undoing gives both sides back', async () => {
  const { read, write } = stack.kith;
  await upsert('c1', 'Cleo', { email: 'cleo@one.example' });
  await upsert('c2', 'Cleo Two', { email: 'cleo@two.example' });
  await receive({ From: 'cleo@one.example' });
  await receive({ From: 'cleo@two.example' });
  const { eventId } = await write.records.merge.mutate({ recordId: 'c2', intoRecordId: 'c1' });
  expect((await read.records.get.query({ recordId: 'c1' })).conversationCount.email).toBe(2);
  expect(await errorOf(read.records.get.query({ recordId: 'c2' }))).toBe('record_merged');
  await upsert('c1', 'Cleo', { email: 'cleo@one.example', phone: '11 98765-0000' });
  expect((await participant('cleo@two.example')).recordId).toBe('c1');
  await write.participants.undo.mutate({ eventId: eventId ?? '' });
  expect((await participant('cleo@two.example')).recordId).toBe('c2');
  expect((await read.records.get.query({ recordId: 'c1' })).conversationCount.email).toBe(1);
});

test('a list, a no-reply sender and a bounce link nobody, and the bounce is in the thread it bounced from', async () => {
  const { read } = stack.kith;
  await upsert('d1', 'Dev list', { email: ['dev@lists.example', 'no-reply@shop.example'] });
  await upsert('d2', 'Dora', { email: 'dora@bounced.example' });
  await receive({
    From: 'x@list.example',
    To: 'dev@lists.example',
    'List-Id': '<dev.lists.example>',
    'List-Post': '<mailto:dev@lists.example>',
  });
  await receive({ From: 'no-reply@shop.example' });
  expect(await participant('dev@lists.example')).toMatchObject({ nature: 'list', recordId: null });
  expect(await participant('no-reply@shop.example')).toMatchObject({ nature: 'machine', recordId: null });
  const reasons = (await read.records.get.query({ recordId: 'd1' })).unreadable.map(({ reason }) => reason);
  expect(reasons.join()).toContain('no-reply@shop.example');

  await receive({
    From: 'desk@acme.example',
    To: 'dora@bounced.example',
    'Message-ID': '<sent-1@acme.example>',
  });
  const bounce = await receive(
    {
      From: 'MAILER-DAEMON@mx.example',
      'Content-Type': 'multipart/report; report-type=delivery-status; boundary=b',
    },
    [
      ['--b', 'Content-Type: text/plain', '', 'It could not be delivered.'],
      ['--b', 'Content-Type: message/delivery-status', '', 'Final-Recipient: rfc822; dora@bounced.example'],
      ['--b', 'Content-Type: text/rfc822-headers', '', 'Message-ID: <sent-1@acme.example>', '', '--b--'],
    ]
      .flat()
      .join('\r\n'),
  );
  const { items } = await read.records.timeline.query({ recordId: 'd2' });
  expect(items.map(({ id }) => id)).toContain(bounce);
  expect(items.find(({ id }) => id === bounce)?.marks).toContain('bounce');
  expect(new Set(items.map(({ conversationId }) => conversationId)).size).toBe(1);
});

test('words of many at once are all taken or none', async () => {
  const { write } = stack.kith;
  await upsert('e1', 'Eve', {});
  await receive({ From: 'e1@many.example', To: 'e2@many.example, desk@acme.example' });
  const ids = [(await participant('e1@many.example')).id, (await participant('e2@many.example')).id];
  const unknown = '00000000-0000-8000-8000-000000000000';
  const links = [...ids, unknown].map((participantId) => ({ participantId, recordId: 'e1' }));
  expect(await errorOf(write.participants.linkMany.mutate({ links }))).toBe('participant_not_found');
  expect((await participant('e1@many.example')).recordId).toBeNull();
  expect(await write.participants.linkMany.mutate({ links: links.slice(0, 2) })).toMatchObject({ linked: 2 });
  expect(await write.participants.unlinkMany.mutate({ participantIds: ids })).toMatchObject({ unlinked: 2 });
});

interface Case {
  name: string;
  msgs: Record<string, string | undefined>[];
  expected_groups: string[][];
}

/** Hints that are off by design, because they would join mails of unrelated people. */
const usesHints = ({ name, msgs }: Case): boolean =>
  name.startsWith('subject fallback') || msgs.some((message) => message['thread_index'] !== undefined);

test.skipIf(!existsSync(cases))(
  'threads are the same in every order of arrival',
  async () => {
    const all = (JSON.parse(readFileSync(cases, 'utf8')) as Case[]).filter((one) => !usesHints(one));
    const wrong: string[] = [];
    for (const [index, given] of all.entries()) {
      const orders = permutations(given.msgs);
      const threads = await Promise.all(orders.map((order, turn) => threadsOf(order, `${index}-${turn}`)));
      for (const [turn, found] of threads.entries()) {
        if (found === sorted(given.expected_groups)) continue;
        wrong.push(`${given.name}, order ${orders[turn]?.map(({ key }) => key).join()}: ${found}`);
      }
    }
    expect(wrong).toEqual([]);
  },
  120_000,
);

/** Plays the mails under ids of their own, one after the other, and says which are in one conversation. */
async function threadsOf(messages: Case['msgs'], turn: string): Promise<string> {
  const own = (text: string | undefined) => text?.replaceAll(/@([\w.]+)/g, `@t${turn}.$1`);
  const recordId = `thread-${turn}`;
  await upsert(recordId, recordId, { email: `p${turn}@threads.example` });
  const keys = new Map<string, string>();
  for (const message of messages) {
    const headers = {
      From: `p${turn}@threads.example`,
      'Message-ID': own(message['message_id']),
      'In-Reply-To': own(message['in_reply_to']),
      References: own(message['references']),
      Subject: message['subject'],
    };
    const original = own(message['original_message_id']);
    const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
    const id =
      original === undefined
        ? await receive(sent as Record<string, string>, message['body'] ?? message['key'])
        : await receive(
            { ...(sent as Record<string, string>), 'Content-Type': 'multipart/report; boundary=b' },
            `--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: ${original}\r\n\r\nHello\r\n--b--`,
          );
    keys.set(id, message['key'] ?? '');
  }
  const { items } = await stack.kith.read.records.timeline.query({ recordId, limit: 100 });
  const groups = new Map<string, string[]>();
  for (const { id, conversationId } of items) {
    groups.set(conversationId, [...(groups.get(conversationId) ?? []), keys.get(id) ?? '?']);
  }
  return sorted([...groups.values()]);
}

function sorted(groups: readonly (readonly string[])[]): string {
  return groups
    .map((group) => group.toSorted().join(' '))
    .toSorted()
    .join(' | ');
}

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) =>
    permutations(items.filter((_, other) => other !== index)).map((rest) => [item, ...rest]),
  );
}
