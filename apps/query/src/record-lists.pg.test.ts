import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readAllPages } from '../test/pages.ts';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';

let service: QueryService;
beforeAll(async () => {
  service = await openQueryService();
});
afterAll(() => service[Symbol.asyncDispose]());

const minute = (n: number): string => new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString();
const byIdDescending = (a: string, b: string): number => (a < b ? 1 : -1);

describe('records.conversations', () => {
  test('shows a conversation once although several of the record’s participants take part', async () => {
    const { seed, client } = await service.tenant();
    await seed.record({ recordId: '93' });
    const work = await seed.participant({ identifier: 'ana@lima.example', recordId: '93' });
    const home = await seed.participant({ identifier: 'ana@home.example', recordId: '93' });
    const both = [
      { id: work, role: 'to' as const },
      { id: home, role: 'from' as const },
    ];
    const shared = await seed.conversation({ people: both, messages: [{ sentAt: minute(2) }] });
    const other = await seed.conversation({ people: both.slice(0, 1), messages: [{ sentAt: minute(1) }] });
    for (const limit of [1, 2, 100]) {
      const found = await readAllPages((cursor) =>
        client.records.conversations.query({ recordId: '93', limit, cursor }),
      );
      expect(found.map(({ id }) => id)).toEqual([shared.id, other.id]);
      expect(found[0]?.participants.map(({ id, role }) => ({ id, role }))).toEqual(both.toReversed());
      expect(found[0]?.participantCount).toBe(2);
    }
  });

  test('loses and repeats none where the newest activity is at the same instant', async () => {
    const { seed, client } = await service.tenant();
    await seed.record({ recordId: '93' });
    const ana = await seed.participant({ identifier: 'ana@lima.example', recordId: '93' });
    const bob = await seed.participant({ identifier: 'bob@lima.example', recordId: '93' });
    const ids: string[] = [];
    for (let n = 0; n < 11; n += 1) {
      const id = n % 2 === 0 ? ana : bob;
      const made = await seed.conversation({
        people: [{ id, role: 'from' }],
        messages: [{ sentAt: minute(1) }],
      });
      ids.push(made.id);
    }
    for (const limit of [1, 3, 4, 11]) {
      const found = await readAllPages((cursor) =>
        client.records.conversations.query({ recordId: '93', limit, cursor }),
      );
      expect(found.map(({ id }) => id)).toEqual(ids.toSorted(byIdDescending));
    }
  });

  test('shows at most fifty participants of a conversation, authors first, and how many there are', async () => {
    const { seed, client } = await service.tenant();
    await seed.record({ recordId: '93' });
    const author = await seed.participant({ identifier: 'zoe@lima.example', recordId: '93' });
    const people = [{ id: author, role: 'from' as const }];
    for (let n = 0; n < 60; n += 1) {
      const id = await seed.participant({ identifier: `p${n}@many.example` });
      people.unshift({ id, role: 'from' });
    }
    const others = people.slice(0, 60).map(({ id }) => ({ id, role: 'to' as const }));
    await seed.conversation({
      people: [...others, { id: author, role: 'from' }],
      messages: [{ sentAt: minute(1) }],
    });
    const { items } = await client.records.conversations.query({ recordId: '93' });
    expect(items[0]?.participants).toHaveLength(50);
    expect(items[0]?.participants[0]).toMatchObject({ id: author, role: 'from' });
    expect(items[0]?.participantCount).toBe(61);
  });

  test('shows only the channels asked for, and only what is linked', async () => {
    const { seed, client } = await service.tenant();
    await seed.record({ recordId: '93' });
    const mail = await seed.participant({ identifier: 'ana@lima.example', recordId: '93' });
    const chat = await seed.participant({ identifier: '+55', channel: 'whatsapp', recordId: '93' });
    const someone = await seed.participant({ identifier: 'x@lima.example' });
    const messages = [{ sentAt: minute(1) }];
    await seed.conversation({ people: [{ id: mail, role: 'from' }], messages });
    await seed.conversation({ people: [{ id: someone, role: 'from' }], messages });
    const { id } = await seed.conversation({
      channel: 'whatsapp',
      people: [{ id: chat, role: 'from' }],
      messages,
    });
    const { items } = await client.records.conversations.query({ recordId: '93', channels: ['whatsapp'] });
    expect(items.map((item) => item.id)).toEqual([id]);
    expect((await client.records.conversations.query({ recordId: '93' })).items).toHaveLength(2);
  });
});

/** Long and short conversations whose messages interleave and often share an instant. */
async function seedInterleaved({ seed }: Tenant): Promise<{ id: string; sentAt: string }[]> {
  await seed.record({ recordId: '93' });
  const ana = await seed.participant({ identifier: 'ana@lima.example', recordId: '93' });
  const bob = await seed.participant({ identifier: 'bob@lima.example', recordId: '93' });
  const messages: { id: string; sentAt: string }[] = [];
  for (let n = 0; n < 12; n += 1) {
    const times = Array.from({ length: 1 + ((n * 5) % 7) }, (_, k) =>
      minute((n * 3 + k * (1 + (n % 4))) % 10),
    );
    const people = [
      { id: ana, role: 'from' as const },
      { id: bob, role: 'to' as const },
    ];
    const made = await seed.conversation({
      people: n % 3 === 0 ? people : people.slice(n % 2, (n % 2) + 1),
      messages: times.map((sentAt) => ({ sentAt })),
    });
    for (const [k, id] of made.messageIds.entries()) messages.push({ id, sentAt: times[k] ?? '' });
  }
  return messages;
}

describe('records.timeline', () => {
  test('has every message of every conversation once, newest first, whatever the size of a page', async () => {
    const tenant = await service.tenant();
    const messages = await seedInterleaved(tenant);
    const expected = messages
      .toSorted((a, b) =>
        a.sentAt === b.sentAt ? byIdDescending(a.id, b.id) : byIdDescending(a.sentAt, b.sentAt),
      )
      .map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(40);
    for (const limit of [1, 2, 3, 7, 100]) {
      const found = await readAllPages((cursor) =>
        tenant.client.records.timeline.query({ recordId: '93', limit, cursor }),
      );
      expect(found.map(({ id }) => id)).toEqual(expected);
    }
  });

  test('shows who wrote, in which direction, and what came with it', async () => {
    const { seed, client } = await service.tenant();
    await seed.record({ recordId: '93' });
    const ana = await seed.participant({
      identifier: 'ana@lima.example',
      displayName: 'Ana',
      recordId: '93',
    });
    const us = await seed.participant({ identifier: 'support@acme.example', status: 'internal' });
    await seed.conversation({
      people: [
        { id: ana, role: 'from' },
        { id: us, role: 'from' },
      ],
      messages: [
        { sentAt: minute(1), senderId: ana, attachments: [{ name: 'a.txt', size: 3 }] },
        { sentAt: minute(2), senderId: us, senderName: 'Support' },
        { sentAt: minute(3) },
      ],
    });
    const { items } = await client.records.timeline.query({ recordId: '93' });
    const [nobody, answer, question] = items;
    expect(nobody).toMatchObject({
      direction: 'inbound',
      sender: { participantId: null, displayName: null, identifier: null },
    });
    expect(answer).toMatchObject({
      direction: 'outbound',
      sender: { participantId: us, displayName: 'Support', identifier: 'support@acme.example' },
    });
    expect(question).toMatchObject({
      direction: 'inbound',
      html: false,
      sender: { displayName: 'Ana' },
      attachments: [{ name: 'a.txt', type: 'text/plain', size: 3 }],
    });
  });
});

describe('the sender of a message', () => {
  test('is the exact identifier that wrote, with the participant that it belongs to now', async () => {
    const { seed, client } = await service.tenant();
    await seed.record({ recordId: '93' });
    const ana = await seed.participant({
      identifier: 'ana@lima.example',
      displayName: 'Ana Lima',
      recordId: '93',
    });
    const second = await seed.identifier({
      participantId: ana,
      kind: 'email',
      value: 'a@lima.example',
      displayName: 'Ana (home)',
    });
    const third = await seed.identifier({ participantId: ana, kind: 'email', value: 'lima@home.example' });
    await seed.conversation({
      people: [{ id: ana, role: 'from' }],
      messages: [
        {
          sentAt: minute(1),
          senderIdentifierId: second,
          senderName: 'A. Lima',
          marks: ['auto_reply', 'bulk'],
        },
        { sentAt: minute(2), senderIdentifierId: second },
        { sentAt: minute(3), senderIdentifierId: third },
      ],
    });
    const { items } = await client.records.timeline.query({ recordId: '93' });
    expect(items.map(({ sender, marks }) => ({ ...sender, marks }))).toEqual([
      { participantId: ana, identifier: 'lima@home.example', displayName: 'Ana Lima', marks: [] },
      { participantId: ana, identifier: 'a@lima.example', displayName: 'Ana (home)', marks: [] },
      {
        participantId: ana,
        identifier: 'a@lima.example',
        displayName: 'A. Lima',
        marks: ['auto_reply', 'bulk'],
      },
    ]);
  });
});

describe('conversations', () => {
  test('are found under the id they had before they were merged', async () => {
    const { seed, client } = await service.tenant();
    const ana = await seed.participant({ identifier: 'ana@lima.example' });
    const { id, messageIds } = await seed.conversation({
      people: [{ id: ana, role: 'from' }],
      messages: [{ sentAt: minute(1) }],
    });
    const old = 'a4c1ae80-3f39-4a3e-9f80-52a0c36f4be1';
    await seed.alias(old, id);
    expect((await client.conversations.get.query({ conversationId: old })).id).toBe(id);
    const { items } = await client.conversations.messages.query({ conversationId: old });
    expect(items.map((message) => message.id)).toEqual(messageIds);
  });

  test('come by their ids in the order asked for, each once, without those that are not known', async () => {
    const { seed, client } = await service.tenant();
    const other = await service.tenant();
    const ana = await seed.participant({ identifier: 'ana@lima.example' });
    const make = () =>
      seed.conversation({ people: [{ id: ana, role: 'from' }], messages: [{ sentAt: minute(1) }] });
    const made = [(await make()).id, (await make()).id, (await make()).id] as const;
    const old = 'a4c1ae80-3f39-4a3e-9f80-52a0c36f4be1';
    await seed.alias(old, made[0]);
    const conversationIds = [made[2], 'no id of ours', old, made[1], made[0], ana];
    const { items } = await client.conversations.byIds.query({ conversationIds });
    expect(items.map(({ id }) => id)).toEqual([made[2], made[0], made[1]]);
    expect(items[1]).toEqual(await client.conversations.get.query({ conversationId: old }));
    expect(await client.conversations.byIds.query({ conversationIds: [] })).toEqual({ items: [] });
    expect(await other.client.conversations.byIds.query({ conversationIds })).toEqual({ items: [] });
  });

  test('page through messages of the same instant without loss', async () => {
    const { seed, client } = await service.tenant();
    const ana = await seed.participant({ identifier: 'ana@lima.example' });
    const messages = Array.from({ length: 9 }, () => ({ sentAt: minute(1) }));
    const { id, messageIds } = await seed.conversation({ people: [{ id: ana, role: 'from' }], messages });
    const found = await readAllPages((cursor) =>
      client.conversations.messages.query({ conversationId: id, limit: 2, cursor }),
    );
    expect(found.map((message) => message.id)).toEqual(messageIds.toSorted(byIdDescending));
  });
});
