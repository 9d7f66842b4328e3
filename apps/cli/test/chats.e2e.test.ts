/*
 * Chats on the built services, posted and signed as their providers do: what is told of messages, who is who, a
 * history of ten thousand messages in one body, and a service that is killed under load.
 */
import type { Message } from '@kith/contracts';
import {
  type Chat,
  type ChatEvent,
  type ChatMessage,
  type ChatPerson,
  type ChatSender,
  createMetaSender,
  createTwilioSender,
  createUnipileChatSender,
  metaMediaId,
  openMediaHost,
  type Webhook,
} from '@kith/sandbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWholeStack, type WholeStack } from './whole-stack.ts';

let stack: WholeStack;
beforeAll(async () => {
  stack = await startWholeStack({ demo: false });
  await stack.kith.write.pipelines.upsert.mutate({
    pipeline: 'contacts',
    fields: [
      { key: 'email', type: 'email' },
      { key: 'phone', type: 'phone' },
      { key: 'linkedin', type: 'linkedin' },
    ],
  });
});
afterAll(() => stack[Symbol.asyncDispose]());

const ana: ChatPerson = {
  id: 'ana',
  name: 'Ana Lima',
  phone: '+5511987654321',
  country: 'BR',
  member: 4711,
  slug: 'ana-lima',
};

/** Connects the sender's account, and answers how to post what it sends. */
async function connect(sender: ChatSender, channel: 'whatsapp' | 'linkedin', accountId: string) {
  await stack.kith.write.accounts.upsert.mutate({
    accountId,
    channel,
    provider: sender.provider,
    identifiers: [],
    secrets: sender.secrets,
  });
  const { ingestWhatsapp, ingestLinkedin } = stack.local.urls;
  const base = channel === 'whatsapp' ? ingestWhatsapp : ingestLinkedin;
  const url = `${base}/webhooks/${sender.provider}/${accountId}`;
  const postWebhook = async ({ headers, body }: Webhook): Promise<number> => {
    const answer = await fetch(url, { method: 'POST', headers, body: new Uint8Array(body) });
    await answer.arrayBuffer();
    return answer.status;
  };
  const post = async (event: ChatEvent): Promise<number> => {
    const webhook = sender.send(event, { nowMs: Date.now(), url });
    if (webhook === null) throw new Error(`${sender.provider} tells nothing of a ${event.kind}`);
    return postWebhook(webhook);
  };
  return { post, postWebhook };
}

/** Whose account it is on Unipile. */
const jo: ChatPerson = { id: 'jo', name: 'Jo Park', phone: '+442079460997', member: 100, slug: 'jo-park' };

const chatWith = (id: string, person: ChatPerson): Chat => ({ id, kind: 'direct', people: [person] });

let minute = 0;
/** A message; each is a minute later than the one before. */
function say(chat: Chat, text: string, fields: Partial<ChatMessage> = {}): ChatMessage {
  minute += 1;
  const at = new Date(Date.UTC(2026, 9, 1, 8, minute)).toISOString();
  const id = `${chat.id}.${minute}`;
  return { kind: 'message', id, chat, at, from: chat.people[0], content: { type: 'text', text }, ...fields };
}

const upsert = (recordId: string, fields: Record<string, string>) =>
  stack.kith.write.records.upsert.mutate({ pipeline: 'contacts', recordId, title: recordId, fields });

async function timelineOf(recordId: string): Promise<Message[]> {
  const { items } = await stack.kith.read.records.timeline.query({ recordId, limit: 50 });
  return items;
}

/** Waits until the timeline holds so many messages, newest first. */
async function untilThere(recordId: string, count: number): Promise<Message[]> {
  let found: Message[] = [];
  const holds = async (): Promise<number> => (found = await timelineOf(recordId)).length;
  await expect.poll(holds, { timeout: 20_000, interval: 50 }).toBe(count);
  return found;
}

test('one record shows what was said on both chat channels, in either direction', async () => {
  await upsert('both', { phone: ana.phone ?? '', linkedin: 'https://www.linkedin.com/in/ana-lima' });
  const meta = await connect(createMetaSender(), 'whatsapp', 'both-meta');
  const sender = createUnipileChatSender({ apiVersion: 'v2', network: 'LINKEDIN', owner: jo });
  const unipile = await connect(sender, 'linkedin', 'both-unipile');
  const whatsapp = chatWith('w1', ana);
  const linkedin = chatWith('l1', ana);
  expect(await meta.post(say(whatsapp, 'Does this reach you?'))).toBe(200);
  expect(await meta.post(say(whatsapp, 'It does.', { from: null }))).toBe(200);
  expect(await unipile.post(say(linkedin, 'And here?'))).toBe(200);
  expect(await unipile.post(say(linkedin, 'Here as well.', { from: null }))).toBe(200);
  const said = await untilThere('both', 4);
  expect(said.map(({ channel, direction, text }) => [channel, direction, text])).toEqual([
    ['linkedin', 'outbound', 'Here as well.'],
    ['linkedin', 'inbound', 'And here?'],
    ['whatsapp', 'outbound', 'It does.'],
    ['whatsapp', 'inbound', 'Does this reach you?'],
  ]);
});

test('what is told of a message shows on it, also what comes before it, twice or late', async () => {
  const bo: ChatPerson = { id: 'bo', name: 'Bo', phone: '+46855501066', country: 'SE' };
  await upsert('told', { phone: bo.phone ?? '' });
  const { post } = await connect(createMetaSender(), 'whatsapp', 'told-meta');
  const chat = chatWith('w2', bo);
  const asked = say(chat, 'When does it arrive?');
  const answer = say(chat, 'On Monday.', { from: null, repliesTo: asked });
  const wrong = say(chat, 'Sent to the wrong person');
  const later = (offset: number): string => new Date(Date.UTC(2026, 10, 1, 8, offset)).toISOString();
  const events: ChatEvent[] = [
    { kind: 'edit', id: 'w2.e', message: asked, text: 'When does the offer arrive?', at: later(1) },
    { kind: 'status', message: answer, status: 'read', at: later(3), to: bo },
    asked,
    { kind: 'status', message: answer, status: 'delivered', at: later(2), to: bo },
    answer,
    answer,
    { kind: 'reaction', id: 'w2.r1', message: answer, from: bo, emoji: '👍', at: later(4) },
    { kind: 'deletion', id: 'w2.d', message: wrong, at: later(5) },
    wrong,
  ];
  for (const event of events) expect(await post(event)).toBe(200);
  await untilThere('told', 3);
  const shown = async () =>
    (await timelineOf('told'))
      .toReversed()
      .map(({ text, state, status, reactions }) => [text, state, status, reactions[0]?.emoji]);
  await expect.poll(shown, { timeout: 10_000 }).toEqual([
    ['When does the offer arrive?', 'edited', null, undefined],
    ['On Monday.', undefined, 'read', '👍'],
    ['', 'deleted', null, undefined],
  ]);
  const [, answered, first] = await timelineOf('told');
  expect(answered?.repliesTo).toBe(first?.id);
});

test('somebody known by an id alone is the record’s once a message names the number as well', async () => {
  const cleo: ChatPerson = { id: 'cleo', name: 'Cléo', username: 'cleo', country: 'FR' };
  await upsert('named-later', { phone: '+33199000124' });
  const { post } = await connect(createMetaSender(), 'whatsapp', 'later-meta');
  expect(await post(say(chatWith('w3', cleo), 'Guess who'))).toBe(200);
  expect(await post(say(chatWith('w3', { ...cleo, phone: '+33199000124' }), 'It is me'))).toBe(200);
  const said = await untilThere('named-later', 2);
  expect(new Set(said.map(({ conversationId }) => conversationId)).size).toBe(1);
});

test('a number behind two providers is one person', async () => {
  const dan: ChatPerson = { id: 'dan', name: 'Dan', phone: '+33199000136', country: 'FR' };
  await upsert('two-ways', { phone: dan.phone ?? '' });
  const meta = await connect(createMetaSender(), 'whatsapp', 'ways-meta');
  const twilio = await connect(createTwilioSender(), 'whatsapp', 'ways-twilio');
  const unipile = await connect(
    createUnipileChatSender({ apiVersion: 'v1', network: 'WHATSAPP', owner: jo }),
    'whatsapp',
    'ways-unipile',
  );
  expect(await meta.post(say(chatWith('w4', dan), 'through Meta'))).toBe(200);
  expect(await twilio.post(say(chatWith('t4', dan), 'through Twilio'))).toBe(200);
  expect(await unipile.post(say(chatWith('u4', dan), 'through Unipile'))).toBe(200);
  await untilThere('two-ways', 3);
  const { participants } = await stack.kith.read.records.get.query({ recordId: 'two-ways' });
  expect(participants.map(({ identifier, status }) => [identifier, status])).toEqual([[dan.phone, 'linked']]);
});

test('a file is there after its message, fetched from the provider with the account’s token', async () => {
  const accessToken = 'of-the-account';
  await using host = await openMediaHost({ port: stack.portBase + 14, meta: { accessToken } });
  const eva: ChatPerson = { id: 'eva', name: 'Eva', phone: '+421255501750', country: 'SK' };
  await upsert('file', { phone: eva.phone ?? '' });
  const sender = createMetaSender({ accessToken, baseUrl: host.url });
  const { post } = await connect(sender, 'whatsapp', 'file-meta');
  const content = Buffer.from('%PDF-1.4 a small one');
  const file = { id: 'f1', kind: 'document' as const, name: 'offer.pdf', type: 'application/pdf', content };
  host.addFile(metaMediaId(file.id), file);
  expect(await post(say(chatWith('w5', eva), '', { content: { type: 'file', file } }))).toBe(200);
  const [message] = await untilThere('file', 1);
  expect(message?.attachments).toMatchObject([{ name: 'offer.pdf', type: 'application/pdf' }]);
  const state = async () => (await timelineOf('file'))[0]?.attachments[0];
  await expect.poll(state, { timeout: 20_000 }).toMatchObject({ state: 'stored', size: content.length });
});

test('ten thousand messages of history in one body are all stored, and others are answered meanwhile', async () => {
  const gus: ChatPerson = { id: 'gus', name: 'Gus', phone: '+4723555177', country: 'NO' };
  await upsert('history', { phone: gus.phone ?? '' });
  const sender = createMetaSender();
  const { post, postWebhook } = await connect(sender, 'whatsapp', 'history-meta');
  const chat = chatWith('w6', gus);
  const startMs = Date.UTC(2026, 5, 1);
  const messages = Array.from({ length: 10_000 }, (_, index): ChatMessage => ({
    kind: 'message',
    id: `w6.h${index}`,
    chat,
    at: new Date(startMs + index * 60_000).toISOString(),
    from: index % 3 === 0 ? null : gus,
    content: { type: 'text', text: `Line ${index} of a long history.` },
  }));
  const [first, ...others] = messages;
  if (first === undefined) throw new Error('no message');
  const before = await stack.kith.read.deliveries.accounting.query();
  const piece = { phase: 0, chunkOrder: 1, progress: 100, threads: [[first, ...others]] } as const;
  const [history, live] = await Promise.all([
    postWebhook(sender.sendHistory(piece)),
    post(say(chat, 'And one of today.')),
  ]);
  expect([history, live]).toEqual([200, 200]);
  const counted = async () => {
    const { items } = await stack.kith.read.records.conversations.query({ recordId: 'history' });
    return items.map(({ messageCount }) => messageCount);
  };
  await expect.poll(counted, { timeout: 60_000, interval: 200 }).toEqual([10_001]);
  const after = await stack.kith.read.deliveries.accounting.query();
  expect([after.stored - before.stored, after.accepted - before.accepted]).toEqual([10_001, 10_001]);
  expect(after.pending).toBe(0);
});

test('kill -9 of the service under load loses nothing that was answered 200', async () => {
  const ida: ChatPerson = { id: 'ida', name: 'Ida', phone: '+4532550121', country: 'DK' };
  await upsert('killed', { phone: ida.phone ?? '' });
  const { post } = await connect(createMetaSender(), 'whatsapp', 'killed-meta');
  const chat = chatWith('w7', ida);
  let accepted = 0;
  for (let round = 0; round < 3; round += 1) {
    const burst = Array.from({ length: 60 }, async () => {
      const message = say(chat, 'under load');
      for (;;) {
        const status = await post(message).catch(() => 0);
        if (status === 200) return (accepted += 1);
        expect([0, 503]).toContain(status);
      }
    });
    await Promise.race(burst);
    await stack.kill('ingest-whatsapp');
    await Promise.all(burst);
  }
  const counted = async () => {
    const { items } = await stack.kith.read.records.conversations.query({ recordId: 'killed' });
    return items.map(({ messageCount }) => messageCount);
  };
  await expect.poll(counted, { timeout: 60_000, interval: 200 }).toEqual([180]);
  expect(accepted).toBe(180);
}, 120_000);
