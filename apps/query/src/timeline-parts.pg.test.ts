/*
 * Parts of a record's timeline and of a conversation: before and after a time, from either end, of some participants. Each
 * is what is left of the whole list, on pages of any size, however it is found.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAllPages } from '../test/pages.ts';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';
import { decodeCursor, TimePosition } from './cursor.ts';
import { readRecordTimeline, type TimelinePage } from './reads/record-timeline.ts';

let service: QueryService;
let tenant: Tenant;
const minute = (n: number): string => new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString();
const recordId = '93';
const old = '7b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa';

interface Told {
  id: string;
  sentAt: string;
  who: string[];
  conversationId: string;
}
/** All messages of the record, and of the other one, newest first. */
let all: Told[];
let ofOther: Told[];
let who: Record<'ana' | 'bob' | 'chat' | 'colleague' | 'stranger', string>;

beforeAll(async () => {
  service = await openQueryService();
  tenant = await service.tenant();
  const { seed } = tenant;
  await seed.record({ recordId });
  await seed.record({ recordId: '94' });
  who = {
    ana: await seed.participant({ identifier: 'ana@lima.example', recordId }),
    bob: await seed.participant({ identifier: 'bob@lima.example', recordId }),
    chat: await seed.participant({ identifier: '+55', channel: 'whatsapp', recordId }),
    colleague: await seed.participant({ identifier: 'us@acme.example', status: 'internal' }),
    stranger: await seed.participant({ identifier: 'x@x.example', recordId: '94' }),
  };
  await seed.participant({ id: old, identifier: 'old@lima.example', mergedInto: who.bob });
  const told = await seedMessages();
  [all, ofOther] = [false, true].map((isOther) =>
    told.filter((message) => message.who.includes(who.stranger) === isOther),
  ) as [Told[], Told[]];
});
afterAll(() => service[Symbol.asyncDispose]());

const mixes: readonly (keyof typeof who)[][] = [
  ['ana'],
  ['bob'],
  ['ana', 'bob'],
  ['bob', 'colleague'],
  ['ana', 'colleague'],
  ['chat'],
  ['stranger', 'colleague'],
  ['stranger'],
];

/** Conversations of every mix of people, whose messages interleave and often share an instant; newest first. */
async function seedMessages(): Promise<Told[]> {
  const told: Told[] = [];
  for (let n = 0; n < 3 * mixes.length; n += 1) {
    const mix = mixes[n % mixes.length] ?? [];
    const times = Array.from({ length: 1 + ((n * 5) % 4) }, (_, k) => minute((n + k * 3) % 8));
    const made = await tenant.seed.conversation({
      channel: mix.includes('chat') ? 'whatsapp' : 'email',
      people: mix.map((name) => ({ id: who[name], role: 'from' })),
      messages: times.map((sentAt) => ({ sentAt })),
    });
    const ids = mix.map((name) => who[name]);
    for (const [k, id] of made.messageIds.entries()) {
      told.push({ id, sentAt: times[k] ?? '', who: ids, conversationId: made.id });
    }
  }
  return told.toSorted((a, b) => (`${a.sentAt} ${a.id}` < `${b.sentAt} ${b.id}` ? 1 : -1));
}

type Part = Pick<TimelinePage, 'order' | 'before' | 'after' | 'participantIds'>;

const idsOf = (part: Part, of = all): string[] => {
  const found = of.filter(
    ({ sentAt, who: ids }) =>
      (part.before === undefined || sentAt < part.before) &&
      (part.after === undefined || sentAt >= part.after) &&
      (part.participantIds === undefined || part.participantIds.some((id) => ids.includes(nowOf(id)))),
  );
  return (part.order === 'newest' ? found : found.toReversed()).map(({ id }) => id);
};
const nowOf = (id: string): string => (id === old ? who.bob : id);

const windows = [{}, { before: minute(6) }, { after: minute(2) }, { before: minute(6), after: minute(2) }];
const parts = windows.flatMap((window) =>
  (['newest', 'oldest'] as const).map((order) => ({ ...window, order })),
);

test.each(parts)('of a timeline: $order first, before $before, after $after', async (part) => {
  expect(idsOf(part).length).toBeGreaterThan(5);
  for (const limit of [1, 3, 100]) {
    const found = await readAllPages((cursor) =>
      tenant.client.records.timeline.query({ recordId, ...part, limit, cursor }),
    );
    expect(found.map(({ id }) => id)).toEqual(idsOf(part));
  }
});

test.each(parts)('of a conversation: $order first, before $before, after $after', async (part) => {
  const { conversationId } = all.find(({ sentAt }) => sentAt === minute(4)) ?? { conversationId: '' };
  const own = all.filter((message) => message.conversationId === conversationId);
  for (const limit of [1, 100]) {
    const found = await readAllPages((cursor) =>
      tenant.client.conversations.messages.query({ conversationId, ...part, limit, cursor }),
    );
    expect(found.map(({ id }) => id)).toEqual(idsOf(part, own));
  }
});

/** Nobody among them takes part in two thousand: the other way is taken where even one is many. */
test.each(parts)('of some participants: $order first, before $before, after $after', async (part) => {
  const scope = { workspace: tenant.seed.workspace, recordId, channels: undefined };
  for (const names of [
    ['ana'],
    ['ana', 'bob'],
    ['ana', 'chat'],
    ['colleague'],
    ['chat', 'stranger'],
  ] as const) {
    const participantIds = names.map((name) => who[name]);
    const expected = idsOf({ ...part, participantIds });
    expect(expected.length).toBeGreaterThan(0);
    for (const [fewMax, limit] of [
      [2_000, 2],
      [2_000, 100],
      [0, 1],
      [0, 100],
      [3, 2],
    ] as const) {
      const found = await readAllPages((cursor) => {
        const shown = decodeCursor(cursor, TimePosition);
        return readRecordTimeline(service.db, scope, { ...part, participantIds, fewMax, shown, limit });
      });
      expect(found.map(({ id }) => id)).toEqual(expected);
    }
  }
});

test('a colleague has more conversations than a record, and only those of the record count', async () => {
  const participantIds = [who.colleague];
  const expected = idsOf({ order: 'newest', participantIds }, ofOther);
  expect(expected.length).toBeLessThan(ofOther.length);
  const { timeline } = tenant.client.records;
  const { items } = await timeline.query({ recordId: '94', participantIds, limit: 100 });
  expect(items.map(({ id }) => id)).toEqual(expected);
});

test('participants that merged into another answer for what they became, and unknown ones for nothing', async () => {
  const ask = async (participantIds: string[], channels?: ['whatsapp']) =>
    (
      await tenant.client.records.timeline.query({ recordId, participantIds, channels, limit: 100 })
    ).items.map(({ id }) => id);
  const ofBob = idsOf({ order: 'newest', participantIds: [who.bob] });
  expect(await ask([old])).toEqual(ofBob);
  expect(await ask([old, who.bob, 'no id of ours', recordId])).toEqual(ofBob);
  expect(await ask(['no id of ours'])).toEqual([]);
  expect(await ask([who.stranger])).toEqual([]);
  expect(await ask([who.ana, who.chat], ['whatsapp'])).toEqual(
    idsOf({ order: 'newest', participantIds: [who.chat] }),
  );
  expect(await ask([who.ana], ['whatsapp'])).toEqual([]);
});
