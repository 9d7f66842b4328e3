import { describe, expect, test } from 'vitest';
import { jsonOf } from '../test/webhooks.ts';
import type { ChatEvent, ChatMessage } from './chat/chat.ts';
import { type ChatDelivery, demoChatDeliveries, itemsInChatDelivery } from './chat-history.ts';
import { demoHistory, itemsIn } from './demo-history.ts';
import { demoMail, demoMailbox, historyDays } from './history.ts';
import { demoRecords } from './records.ts';
import { createMetaSender } from './senders/meta.ts';
import type { Webhook } from './senders/sender.ts';
import { createUnipileChatSender } from './senders/unipile-chats.ts';
import { joPark, noraField, onLinkedin, onWhatsapp, salesNumber } from './story/chat-people.ts';
import { messagesOf } from './story/demo-chat.ts';
import { demoChats } from './story/told-chats.ts';

const anchor = '2026-11-22T00:00:00.000Z';
const deliveries = demoChatDeliveries(anchor);
const chats = demoChats(anchor);
const events = (account: ChatDelivery['account']): ChatEvent[] =>
  chats.filter((demo) => demo.account === account).flatMap((demo) => demo.events);
const messages = (account: ChatDelivery['account']): ChatMessage[] =>
  chats.filter((demo) => demo.account === account).flatMap(messagesOf);
const records = demoRecords().flatMap((pipeline) => pipeline.records);

const secrets = { appSecret: 'secret', verifyToken: 'token', webhookSecret: 'secret' };
const meta = createMetaSender({ number: salesNumber, ...secrets });
const unipile = createUnipileChatSender({ network: 'LINKEDIN', owner: joPark, ...secrets });
const noraPhone = createUnipileChatSender({ network: 'WHATSAPP', owner: noraField, ...secrets });
const webhookOf = (delivery: ChatDelivery): Webhook | null => {
  if ('event' in delivery) {
    const sender = delivery.account === 'linkedin' ? unipile : noraPhone;
    return sender.send(delivery.event, { nowMs: 0, url: '' });
  }
  return 'history' in delivery ? meta.sendHistory(delivery.history) : meta.sendTogether(delivery.events);
};

describe('the deliveries of chats', () => {
  test('are the same, byte for byte, on every run with one anchor', () => {
    const written = (list: ChatDelivery[]) => list.map((one) => webhookOf(one)?.body.toString('base64'));
    expect(written(demoChatDeliveries(anchor))).toEqual(written(deliveries));
  });

  test('keep their ids when the anchor moves', () => {
    const idsAt = (when: string) => demoChats(when).flatMap((demo) => messagesOf(demo).map(({ id }) => id));
    expect(idsAt('2027-03-01T00:00:00.000Z')).toEqual(idsAt(anchor));
  });

  test('are all told by their provider, an item for each thing', () => {
    for (const delivery of deliveries) {
      const webhook = webhookOf(delivery);
      if (webhook === null) throw new Error(`${delivery.account} does not tell of this`);
      const count = 'event' in delivery ? 1 : countOf(jsonOf(webhook));
      expect(count).toBe(itemsInChatDelivery(delivery));
    }
  });

  test('tell on LinkedIn of a message that it was read, and of nothing before', () => {
    const told = deliveries.flatMap((one) => (one.account === 'linkedin' ? [one.event] : []));
    const statuses = told.flatMap((event) => (event.kind === 'status' ? [event.status] : []));
    expect(new Set(statuses)).toEqual(new Set(['read']));
  });

  test('come oldest first, none of them newer than the anchor', () => {
    const times = deliveries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted());
    const all = [...events('whatsapp'), ...events('linkedin')].map(({ at }) => at);
    expect(all.every((at) => at <= anchor)).toBe(true);
    expect(Date.parse(anchor) - Date.parse(times[0] ?? '')).toBeLessThan(121 * 86_400_000);
  });

  test('are some hundred, most of them of WhatsApp', () => {
    const count = (account: string) => deliveries.filter((delivery) => delivery.account === account).length;
    expect(count('whatsapp')).toBeGreaterThan(130);
    expect(count('linkedin')).toBeGreaterThan(70);
    expect(deliveries.length).toBeLessThan(320);
  });
});

describe('the chats', () => {
  test('are with a third of the people on WhatsApp and a fifth on LinkedIn, some of them on all channels', () => {
    expect(onWhatsapp.length / records.length).toBeCloseTo(0.3, 1);
    expect(onLinkedin.length / records.length).toBeCloseTo(0.2, 1);
    expect(onWhatsapp.filter((person) => onLinkedin.includes(person)).length).toBeGreaterThanOrEqual(3);
  });

  test('of record 93 are on all three channels', () => {
    const mails = demoHistory(anchor).flatMap((one) => ('mail' in one ? [one.mail] : []));
    expect(mails.filter(({ from }) => from.address === 'ana@lima.example').length).toBeGreaterThan(3);
    for (const account of ['noraWhatsapp', 'linkedin'] as const) {
      const [ana] = chats.filter((demo) => demo.account === account && /^[wl]93$/.test(demo.chat.id));
      const written = ana === undefined ? [] : messagesOf(ana);
      expect(written.some(({ from }) => from === null)).toBe(true);
      expect(written.filter(({ from }) => from?.name === 'Ana Lima').length).toBeGreaterThan(3);
    }
  });

  test('of record 93 and the mailbox go further back at the provider than what is posted', () => {
    const beganAt = new Date(Date.parse(anchor) - historyDays * 86_400_000).toISOString();
    for (const account of ['noraWhatsapp', 'linkedin'] as const) {
      const old = messages(account).filter(({ at }) => at < beganAt);
      expect(old.length).toBeGreaterThan(2);
      const posted = deliveries.flatMap((one) => ('event' in one ? [one.event] : []));
      expect(posted.some((event) => event.at < beganAt)).toBe(false);
    }
    const mails = demoMailbox(anchor);
    const ids = mails.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(mails.filter(({ date }) => date < beganAt).length).toBeGreaterThan(6);
    for (const { mail } of demoMail(anchor)) expect(ids).toContain(mail.messageId);
  });

  test('name people by what their records hold', () => {
    const phones = new Map(records.map(({ title, fields }) => [title, fields.phone.replaceAll(/[ -]/g, '')]));
    const profiles = new Map(records.map(({ title, fields }) => [title, fields.linkedin]));
    for (const { from } of messages('whatsapp')) {
      if (from?.phone !== undefined) expect(from.phone).toBe(phones.get(from.name ?? ''));
    }
    const known = messages('linkedin').flatMap(({ from }) => (from === null ? [] : [from]));
    const found = known.filter(({ name, slug }) => profiles.get(name ?? '')?.endsWith(`/in/${slug}`));
    expect(new Set(found.map(({ name }) => name)).size).toBeGreaterThanOrEqual(onLinkedin.length - 1);
  });

  test.each(['whatsapp', 'linkedin'] as const)('on %s hold what happens in chats', (account) => {
    const all = events(account);
    const kinds = new Set(all.map(({ kind }) => kind));
    expect([...kinds]).toEqual(expect.arrayContaining(['message', 'status', 'reaction', 'edit', 'deletion']));
    expect(messages(account).some(({ repliesTo }) => repliesTo !== undefined)).toBe(true);
    const isRead = (event: ChatEvent) => event.kind === 'status' && event.status === 'read';
    expect(all.some((event) => isRead(event))).toBe(true);
  });

  test('hold files of every kind, a place, a choice, a group, and people who are no record', () => {
    const files = messages('whatsapp').flatMap(({ content }) =>
      content.type === 'file' ? [content.file] : [],
    );
    expect(new Set(files.map(({ kind }) => kind))).toEqual(new Set(['image', 'voice', 'document']));
    const types = new Set(messages('whatsapp').map(({ content }) => content.type));
    expect([...types]).toEqual(expect.arrayContaining(['text', 'file', 'location', 'choice']));
    expect(chats.filter(({ chat }) => chat.kind === 'group')).toHaveLength(1);
    const writers = [...messages('whatsapp'), ...messages('linkedin')].flatMap(({ from }) => from ?? []);
    const isNobody = ({ id }: { id: string }) => !id.startsWith('record-');
    expect(new Set(writers.filter(isNobody).map(({ id }) => id))).toEqual(
      new Set(['camille', 'devon-price']),
    );
    expect(writers.some(({ username, phone }) => username !== undefined && phone === undefined)).toBe(true);
    expect(events('linkedin').some(({ kind }) => kind === 'contact')).toBe(true);
  });

  test('go forward in time, and answer only what was said before', () => {
    for (const demo of chats) {
      const written = messagesOf(demo);
      const times = written.map(({ at }) => at);
      expect(times).toEqual(times.toSorted());
      for (const [index, { repliesTo }] of written.entries()) {
        if (repliesTo !== undefined) expect(written.slice(0, index)).toContain(repliesTo);
      }
    }
  });

  test('that began before the number was connected come as its history, each message once', () => {
    const histories = deliveries.filter((delivery) => 'history' in delivery);
    expect(histories).toHaveLength(1);
    const shared = histories.flatMap(({ history }) => history.threads.flat());
    expect(shared.length).toBeGreaterThan(8);
    const live = deliveries.flatMap((one) => ('events' in one ? one.events : []));
    expect(live.some((event) => event.kind === 'message' && shared.includes(event))).toBe(false);
    expect(shared.length + live.filter(({ kind }) => kind === 'message').length).toBe(
      messages('whatsapp').length,
    );
  });
});

test('the whole history has all accounts, and as many items as its deliveries hold', () => {
  const history = demoHistory(anchor);
  expect(new Set(history.map(({ account }) => account))).toEqual(
    new Set(['support', 'sales', 'whatsapp', 'noraWhatsapp', 'linkedin']),
  );
  const items = history.reduce((sum, delivery) => sum + itemsIn(delivery), 0);
  expect(items).toBeGreaterThan(history.length);
  expect(history.length).toBeLessThan(850);
});

/** Things in a body of Meta: entries of the lists in its changes, and the messages of histories. */
function countOf(body: Record<string, unknown>): number {
  const { entry } = body as { entry: { changes: { value: Record<string, unknown[]> }[] }[] };
  const values = entry.flatMap(({ changes }) => changes.map(({ value }) => value));
  const lists = ['messages', 'message_echoes', 'statuses', 'state_sync'];
  return values.reduce((sum, value) => {
    const threads = (value['history'] ?? []) as { threads: { messages: unknown[] }[] }[];
    const past = threads.flatMap((piece) => piece.threads.flatMap((thread) => thread.messages));
    return sum + past.length + lists.reduce((count, key) => count + (value[key]?.length ?? 0), 0);
  }, 0);
}
