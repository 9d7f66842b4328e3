import type { Message } from '@kith/contracts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openQueryService, type QueryService } from '../test/query-service.ts';
import type { SeededConversation, SeededMessage } from '../test/seed.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

const minute = (n: number): string => new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString();

/** A chat of Ana's, with everything that is told of its messages. */
async function openChat() {
  const { seed, client } = await service.tenant();
  await seed.record({ recordId: '93' });
  const ana = await seed.participant({
    identifier: '+5511987654321',
    channel: 'whatsapp',
    displayName: 'Ana',
    recordId: '93',
  });
  const us = await seed.participant({ identifier: '+14155550100', channel: 'whatsapp', status: 'internal' });
  const people: SeededConversation['people'] = [
    { id: ana, role: 'from' },
    { id: us, role: 'to' },
  ];
  return {
    seed,
    ana,
    us,
    /** Writes the messages, newest last; answers their ids. */
    write: async (...messages: Omit<SeededMessage, 'sentAt'>[]): Promise<string[]> => {
      const timed = messages.map((message, index) => ({ ...message, sentAt: minute(index) }));
      return (await seed.conversation({ channel: 'whatsapp', people, messages: timed })).messageIds;
    },
    /** What the record's timeline shows, oldest first. */
    read: async (): Promise<Message[]> =>
      (await client.records.timeline.query({ recordId: '93' })).items.toReversed(),
  };
}

describe('a message', () => {
  test('that nothing more was told of is as it came', async () => {
    const chat = await openChat();
    await chat.write({ senderId: chat.ana, text: 'Hello' });
    const [message] = await chat.read();
    expect(message).toMatchObject({
      text: 'Hello',
      newText: 'Hello',
      html: false,
      status: null,
      reactions: [],
      repliesTo: null,
      attachments: [],
      direction: 'inbound',
    });
    expect(message).not.toHaveProperty('state');
  });

  test('shows what its author wrote now beside all of it', async () => {
    const chat = await openChat();
    await chat.write({ text: 'Yes.\n> Do you come?', newText: 'Yes.' }, { text: '> See this', newText: '' });
    expect(await chat.read()).toMatchObject([
      { text: 'Yes.\n> Do you come?', newText: 'Yes.' },
      { text: '> See this', newText: '' },
    ]);
  });

  test('that was edited shows the newest text, and no body of the old one', async () => {
    const chat = await openChat();
    await chat.write({ text: 'Helo', newText: 'Helo', editedText: 'Hello', hasHtml: true });
    expect(await chat.read()).toMatchObject([
      { state: 'edited', text: 'Hello', newText: 'Hello', html: false },
    ]);
  });

  test('that was taken back shows nothing of itself, also when it was edited before', async () => {
    const chat = await openChat();
    const [id = ''] = await chat.write({
      senderId: chat.ana,
      text: 'secret',
      newText: 'secret',
      editedText: 'another secret',
      hasHtml: true,
      isDeleted: true,
      status: 'read',
      attachments: [{ name: 'secret.pdf', size: 3 }],
    });
    const identifierId = await chat.seed.identifier({
      participantId: chat.ana,
      kind: 'whatsapp_lid',
      value: '1@lid',
      channel: 'whatsapp',
    });
    await chat.seed.reaction({ messageId: id, identifierId, emoji: '👍', at: minute(1) });
    const [message] = await chat.read();
    expect(message).toMatchObject({
      state: 'deleted',
      text: '',
      newText: '',
      html: false,
      attachments: [],
      reactions: [],
    });
    expect(JSON.stringify(message)).not.toContain('secret');
  });

  test('is outbound when its sender is internal, and when a copy says that the account wrote it', async () => {
    const chat = await openChat();
    await chat.write({ senderId: chat.us }, { byAccount: true }, { senderId: chat.ana, byAccount: true }, {});
    const directions = (await chat.read()).map(({ direction }) => direction);
    expect(directions).toEqual(['outbound', 'outbound', 'outbound', 'inbound']);
  });

  test('names the message that it answers as soon as that one is stored', async () => {
    const chat = await openChat();
    const missing = '2b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa';
    const [question = ''] = await chat.write({ status: 'played' });
    await chat.write({ inReplyTo: question }, { inReplyTo: missing });
    const shown = (await chat.read()).map(({ status, repliesTo }) => ({ status, repliesTo }));
    expect(shown.toSorted((a, b) => String(a.repliesTo).localeCompare(String(b.repliesTo)))).toEqual(
      [
        { status: null, repliesTo: question },
        { status: 'played', repliesTo: null },
        { status: null, repliesTo: null },
      ].toSorted((a, b) => String(a.repliesTo).localeCompare(String(b.repliesTo))),
    );
  });
});

describe('the files of a message', () => {
  test('are here, or awaited, or not to be had, and a fetched one has its own size and type', async () => {
    const chat = await openChat();
    const channel = 'whatsapp';
    await chat.write({
      attachments: [
        { name: 'here', size: 3, contentId: 'image1' },
        { name: 'awaited', size: 0, mediaKey: 'meta:1' },
        { name: 'fetched', size: 0, type: '', mediaKey: 'meta:2' },
        { name: 'declared', size: 7, type: 'image/png', mediaKey: 'meta:2' },
        { name: 'refused', size: 7, mediaKey: 'meta:3' },
        { name: 'lost', size: 7, blobKey: null },
      ],
    });
    await chat.seed.media({ channel, key: 'meta:2', size: 5, type: 'image/jpeg' });
    await chat.seed.media({ channel, key: 'meta:3', failure: 'refused' });
    await chat.seed.media({ channel: 'linkedin', key: 'meta:1', size: 9 });
    const [message] = await chat.read();
    const stored = { id: expect.any(String), state: 'stored', inline: false, contentId: null };
    expect(message?.attachments).toEqual([
      { ...stored, name: 'here', type: 'text/plain', size: 3, inline: true, contentId: 'image1' },
      { ...stored, name: 'awaited', type: 'text/plain', size: 0, state: 'pending' },
      { ...stored, name: 'fetched', type: 'image/jpeg', size: 5 },
      { ...stored, name: 'declared', type: 'image/png', size: 5 },
      { ...stored, name: 'refused', type: 'text/plain', size: 7, state: 'unavailable', failure: 'refused' },
      { ...stored, name: 'lost', type: 'text/plain', size: 7, state: 'unavailable' },
    ]);
  });
});

describe('the reactions to a message', () => {
  test('are the newest of each person, whichever of its identifiers reacted, and none where it was taken back', async () => {
    const chat = await openChat();
    const { seed, ana, us } = chat;
    const [id = '', other = ''] = await chat.write({}, {});
    const channel = 'whatsapp' as const;
    const kind = 'whatsapp_lid' as const;
    const lid = await seed.identifier({ participantId: ana, kind, value: '1@lid', channel });
    const named = { displayName: 'Ana L.' };
    const bsuid = await seed.identifier({
      participantId: ana,
      kind: 'whatsapp_bsuid',
      value: 'waba/1',
      channel,
      ...named,
    });
    const ours = await seed.identifier({ participantId: us, kind, value: '2@lid', channel });
    await seed.reaction({ messageId: id, identifierId: lid, emoji: '👍', at: minute(1) });
    await seed.reaction({ messageId: id, identifierId: bsuid, emoji: '❤️', at: minute(2) });
    await seed.reaction({ messageId: id, identifierId: ours, emoji: '🎉', at: minute(1) });
    await seed.reaction({ messageId: other, identifierId: lid, emoji: '👍', at: minute(1) });
    await seed.reaction({ messageId: other, identifierId: bsuid, emoji: null, at: minute(2) });
    const [message, second] = await chat.read();
    expect(message?.reactions).toEqual([
      { emoji: '🎉', at: minute(1), participantId: us, displayName: null, identifier: '2@lid' },
      { emoji: '❤️', at: minute(2), participantId: ana, displayName: 'Ana L.', identifier: 'waba/1' },
    ]);
    expect(second?.reactions).toEqual([]);
  });
});
