/*
 * Invariant of every procedure: the workspace comes from the key alone. Each one is called with ids of another
 * workspace; a procedure without a row here fails the walk, so none can be added without one.
 */
import { looseHint } from '@kith/identity';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createClient,
  openQueryService,
  type QueryClient,
  type QueryService,
  type Tenant,
} from '../test/query-service.ts';
import type { Seed } from '../test/seed.ts';
import { createQueryRouter } from './router.ts';

let service: QueryService;
let owner: Tenant;
let stranger: Tenant;
const at = '2026-11-01T00:00:00.000Z';
const ids = {
  conversationId: '0b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa',
  participantId: '1b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa',
  deliveryId: '2b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa',
  messageId: '3b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa',
  answerId: '8b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa',
  identifierId: '5b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa',
  ambiguousId: '6b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa',
  syncId: '9b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa',
  attachmentId: 'ab1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa',
  mergedId: '7b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa',
};

beforeAll(async () => {
  service = await openQueryService();
  owner = await service.tenant();
  stranger = await service.tenant();
  await seedEverything(owner.seed, { name: 'Ana', count: 1 });
  await service.publish(stranger.seed.workspace, 'record.upserted', { recordId: 'a stranger’s' });
});
afterAll(() => service[Symbol.asyncDispose]());

/** A row of everything, under ids that are the same in every workspace. */
async function seedEverything(seed: Seed, options: { name: string; count: number }): Promise<void> {
  const { name, count } = options;
  const person = { id: ids.participantId, role: 'from' as const };
  await seed.record({
    recordId: '93',
    title: name,
    identifiers: [{ kind: 'email', value: `${name}@lima.example` }],
    lastActivityAt: at,
  });
  await seed.participant({
    id: person.id,
    identifierId: ids.identifierId,
    identifier: name,
    displayName: name,
    recordId: '93',
    manual: true,
  });
  await seedDoubts(seed, name);
  await service.publish(seed.workspace, 'record.upserted', { recordId: '93' });
  await seed.conversation({
    id: ids.conversationId,
    subject: name,
    people: [person],
    messages: [
      {
        id: ids.messageId,
        sentAt: at,
        senderId: person.id,
        senderName: name,
        text: name,
        attachments: [
          { id: ids.attachmentId, name, size: count },
          { name: 'fetched', size: 0, mediaKey: 'the same' },
        ],
      },
      { id: ids.answerId, sentAt: at, text: name, inReplyTo: ids.messageId },
    ],
  });
  await seed.reaction({
    messageId: ids.messageId,
    identifierId: ids.identifierId,
    emoji: '👍'.repeat(count),
    at,
  });
  await seed.media({ key: 'the same', size: count, type: name });
  await seed.alias('4b1d9c2e-58f1-4a35-9c60-0d8cf3a1f0aa', ids.conversationId);
  await seed.delivery({ id: ids.deliveryId, seq: count, outcomes: [{ outcome: 'stored', messageId: name }] });
  await seed.count('accepted', '', count);
  await seed.count('stored', '', count);
  await seed.deadLetter(at);
  await seed.account('mail');
  await seed.sync({ syncId: ids.syncId, recordId: '93', accountId: name, stored: count });
}

/** Somebody whom two records claim, with a history and a decision, and somebody who was merged. */
async function seedDoubts(seed: Seed, name: string): Promise<void> {
  const shared = { kind: 'email' as const, value: 'shared@lima.example' };
  for (const recordId of ['94', '95']) {
    await seed.record({ recordId, title: `${name} ${recordId}`, identifiers: [shared] });
  }
  await seed.record({ recordId: '96', title: `${name} suggested` });
  const key = looseHint(shared);
  if (key !== null) await seed.hint({ key, recordId: '96', shown: name });
  await seed.participant({
    id: ids.ambiguousId,
    identifier: shared.value,
    displayName: name,
    status: 'ambiguous',
    candidates: ['94', '95'],
  });
  await seed.participant({ id: ids.mergedId, identifier: `old ${name}`, mergedInto: ids.ambiguousId });
  for (const participantId of [ids.participantId, ids.ambiguousId, ids.mergedId]) {
    const decisions = [{ recordId: '95' }];
    await seed.linkEvent({ participantId, action: 'rejected', reason: 'person', before: { decisions } });
    await seed.decision({ participantId, recordId: '93', verdict: 'is' });
    await seed.decision({ participantId, recordId: '95', verdict: 'is_not' });
  }
  await seed.pipeline('contacts', [{ key: name, type: 'email' }]);
  await seed.team('email', `${name}@acme.example`);
}

const nothing = { items: [], nextCursor: null };
const noConversations = { email: 0, whatsapp: 0, linkedin: 0 };

interface Row {
  ask(client: QueryClient): Promise<unknown>;
  stranger: unknown;
  isEverybodys?: true;
}

/** How each procedure is asked for what belongs to the owner, and what a stranger gets: an error code or nothing. */
const walk: Record<string, Row> = {
  'records.get': {
    ask: (c) => c.records.get.query({ recordId: '93' }),
    stranger: { error: 'record_not_found' },
  },
  'records.search': { ask: (c) => c.records.search.query({ query: '93' }), stranger: nothing },
  'records.conversations': {
    ask: (c) => c.records.conversations.query({ recordId: '93' }),
    stranger: { error: 'record_not_found' },
  },
  'records.timeline': {
    ask: (c) => c.records.timeline.query({ recordId: '93' }),
    stranger: { error: 'record_not_found' },
  },
  'records.participants': {
    ask: (c) => c.records.participants.query({ recordId: '93' }),
    stranger: { error: 'record_not_found' },
  },
  'records.activityPosition': {
    ask: async (c) => Object.keys(await c.records.activityPosition.query({ recordId: '93' })),
    stranger: { error: 'record_not_found' },
  },
  'sync.status': {
    ask: (c) => c.sync.status.query({ syncId: ids.syncId }),
    stranger: { error: 'sync_not_found' },
  },
  'sync.list': { ask: (c) => c.sync.list.query({ recordId: '93' }), stranger: nothing },
  'records.onActivity': { ask: (c) => startOfActivity(c, '93'), stranger: { error: 'record_not_found' } },
  // A place in the one stream of events, which is the same for everybody.
  'workspace.eventPosition': {
    ask: async (c) => Object.keys(await c.workspace.eventPosition.query()),
    stranger: ['lastEventId'],
    isEverybodys: true,
  },
  'workspace.onEvent': { ask: (c) => firstUpserted(c), stranger: 'a stranger’s' },
  'conversations.get': {
    ask: (c) => c.conversations.get.query({ conversationId: ids.conversationId }),
    stranger: { error: 'conversation_not_found' },
  },
  'conversations.messages': {
    ask: (c) => c.conversations.messages.query({ conversationId: ids.conversationId }),
    stranger: { error: 'conversation_not_found' },
  },
  'conversations.byIds': {
    ask: (c) => c.conversations.byIds.query({ conversationIds: [ids.conversationId] }),
    stranger: { items: [] },
  },
  'messages.get': {
    ask: (c) => c.messages.get.query({ messageIds: [ids.messageId, 'no id of ours'] }),
    stranger: { items: [] },
  },
  'messages.content': {
    ask: (c) => c.messages.content.query({ messageId: ids.messageId }),
    stranger: { error: 'message_not_found' },
  },
  'attachments.links': {
    ask: (c) => c.attachments.links.query({ attachmentIds: [ids.attachmentId, 'no id of ours'] }),
    stranger: { items: [] },
  },
  'messages.search': { ask: (c) => c.messages.search.query({ query: 'Ana or Twin' }), stranger: nothing },
  'participants.get': {
    ask: (c) => c.participants.get.query({ participantId: ids.participantId }),
    stranger: { error: 'participant_not_found' },
  },
  'participants.explain': {
    ask: (c) => c.participants.explain.query({ participantId: ids.mergedId }),
    stranger: { error: 'participant_not_found' },
  },
  'participants.search': { ask: (c) => c.participants.search.query({ query: 'shared@' }), stranger: nothing },
  'review.list': { ask: (c) => c.review.list.query({}), stranger: nothing },
  'history.list': { ask: (c) => c.history.list.query({ by: 'anyone' }), stranger: nothing },
  'pipelines.list': { ask: (c) => c.pipelines.list.query({}), stranger: { items: [] } },
  'team.get': { ask: (c) => c.team.get.query({}), stranger: { identifiers: [], domains: [] } },
  'deliveries.accounting': {
    ask: async (c) => (await c.deliveries.accounting.query({})).accepted,
    stranger: 0,
  },
  'deliveries.accountingByAccount': {
    ask: (c) => c.deliveries.accountingByAccount.query({}),
    stranger: { items: [] },
  },
  'deliveries.outcomes': {
    ask: async (c) =>
      (await c.deliveries.outcomes.query({ deliveryIds: [ids.deliveryId] })).items[0]?.outcomes,
    stranger: null,
  },
  'deliveries.deadLetters': { ask: (c) => c.deliveries.deadLetters.query({}), stranger: nothing },
  'accounts.list': { ask: (c) => c.accounts.list.query({}), stranger: { items: [] } },
  'workspace.verify': {
    ask: (c) => c.workspace.verify.query({ recordId: '93' }),
    stranger: { error: 'record_not_found' },
  },
  'stats.messages': {
    ask: async (c) => (await c.stats.messages.query({ days: 366 })).items.some(({ email }) => email > 0),
    stranger: false,
  },
  'stats.overview': {
    ask: (c) => c.stats.overview.query({}),
    stranger: {
      records: 0,
      conversations: noConversations,
      participants: { linked: 0, unlinked: 0, ambiguous: 0, internal: 0 },
      linkedShare: null,
      messages: noConversations,
      review: 0,
    },
  },
};

describe('every procedure', () => {
  test('is in the walk', () => {
    // oxlint-disable-next-line no-underscore-dangle -- tRPC lists the procedures of a router nowhere else
    const { procedures } = createQueryRouter(service.sources)._def;
    expect(Object.keys(walk).toSorted()).toEqual(Object.keys(procedures).toSorted());
  });

  test.each(Object.keys(walk))('%s gives its owner an answer and a stranger nothing', async (name) => {
    const row = walk[name];
    const own = await outcomeOf(row?.ask(owner.client));
    const foreign = await outcomeOf(row?.ask(stranger.client));
    expect(foreign).toEqual(row?.stranger);
    if (row?.isEverybodys !== true) expect(own).not.toEqual(row?.stranger);
    expect(own).not.toHaveProperty('error');
  });

  test.each(Object.keys(walk))('%s refuses a key that nobody has', async (name) => {
    expect(await outcomeOf(walk[name]?.ask(createClient(service.url, 'kith_nobody')))).toEqual({
      error: 'unauthorized',
    });
  });
});

test('workspaces that hold the very same ids do not show in each other’s answers', async () => {
  const before = await answersOf(owner.client);
  const twin = await service.tenant();
  await seedEverything(twin.seed, { name: 'Twin', count: 100 });
  expect(await answersOf(owner.client)).toEqual(before);
  expect(JSON.stringify(await answersOf(twin.client))).not.toContain('Ana');
});

async function answersOf(client: QueryClient): Promise<unknown[]> {
  return Promise.all(Object.values(walk).map((row) => outcomeOf(row.ask(client))));
}

async function outcomeOf(asked: Promise<unknown> | undefined): Promise<unknown> {
  try {
    return await asked;
  } catch (err) {
    return { error: codeOf(err) };
  }
}

function codeOf(err: unknown): unknown {
  const data = (err as { data?: { kith?: { code: string } } }).data;
  if (data?.kith === undefined) throw err;
  return data.kith.code;
}
/** The record of the first event of this kind that a workspace has. */
function firstUpserted(client: QueryClient): Promise<string> {
  return new Promise((resolve, reject) => {
    const subscription = client.workspace.onEvent.subscribe(
      { types: ['record.upserted'], lastEventId: '0' },
      {
        onData: ({ data }) => {
          subscription.unsubscribe();
          resolve(data.type === 'record.upserted' ? data.data.recordId : data.type);
        },
        onError: reject,
      },
    );
  });
}

/** Resolves with what the subscription does first: it starts, or it fails. */
function startOfActivity(client: QueryClient, recordId: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const subscription = client.records.onActivity.subscribe(
      { recordId },
      {
        onConnectionStateChange: ({ state }) => {
          if (state !== 'pending') return;
          // An error follows its connection at once; an open subscription only pings.
          setImmediate(() => {
            subscription.unsubscribe();
            resolve('started');
          });
        },
        onError: reject,
      },
    );
  });
}
