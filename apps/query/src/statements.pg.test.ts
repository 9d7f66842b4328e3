/*
 * How many statements a read runs must not depend on how much it shows: a page of a hundred costs as many round
 * trips as a page of one (Invariant 6).
 */
import type { Rows } from '@kith/database';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openQueryService, type QueryService, type Tenant } from '../test/query-service.ts';
import { readExplanation } from './reads/explanation.ts';
import { searchParticipants } from './reads/participant-search.ts';
import { readRecordTimeline } from './reads/record-timeline.ts';
import { readReviewList } from './reads/review-list.ts';

let service: QueryService;
let tenant: Tenant;
let small: string;
let large: string;
beforeAll(async () => {
  service = await openQueryService();
  tenant = await service.tenant();
  small = await seedAmbiguous(0, 2);
  for (let n = 1; n < 30; n += 1) await seedAmbiguous(n, 2);
  large = await seedAmbiguous(30, 60);
});
afterAll(() => service[Symbol.asyncDispose]());

/** Somebody claimed by some records, with a message, a decision and as many entries in the history. */
async function seedAmbiguous(n: number, records: number): Promise<string> {
  const { seed } = tenant;
  const email = { kind: 'email' as const, value: `p${n}@lima.example` };
  const ids = Array.from({ length: records }, (_, k) => `r${n}-${k}`);
  for (const recordId of ids) await seed.record({ recordId, title: recordId, identifiers: [email] });
  const id = await seed.participant({ identifier: email.value, status: 'ambiguous', candidates: ids });
  await seed.conversation({
    people: [{ id, role: 'from' }],
    messages: Array.from({ length: records }, () => ({
      sentAt: '2026-11-01T00:00:00.000Z',
      senderId: id,
      text: `Hello\n\n-- \nAna\n+44 7700 900${100 + n}`,
    })),
  });
  for (const recordId of ids) {
    await seed.linkEvent({ participantId: id, action: 'ambiguous', reason: 'webhook', recordId });
    await seed.decision({ participantId: id, recordId: `not ${recordId}`, verdict: 'is_not' });
  }
  return id;
}

async function statementsOf(read: (db: Rows) => Promise<unknown>): Promise<number> {
  let count = 0;
  const counting: Rows = {
    rows: (query) => {
      count += 1;
      return service.db.rows(query);
    },
  };
  await read(counting);
  return count;
}

test('review.list runs as many statements for a page of thirty as for a page of one', async () => {
  const filter = {
    workspace: tenant.seed.workspace,
    reasons: ['ambiguous', 'unlinked'] as const,
    channel: undefined,
  };
  const page = (limit: number) =>
    statementsOf(async (db) => {
      const { items } = await readReviewList(db, filter, { after: undefined, limit });
      expect(items).toHaveLength(limit);
    });
  const ofOne = await page(1);
  expect(ofOne).toBeLessThan(8);
  expect(await page(30)).toBe(ofOne);
});

test('participants.explain runs as many statements for sixty candidates as for two', async () => {
  const { workspace } = tenant.seed;
  const ofTwo = await statementsOf((db) => readExplanation(db, workspace, small));
  expect(ofTwo).toBeLessThan(10);
  expect(await statementsOf((db) => readExplanation(db, workspace, large))).toBe(ofTwo);
});

test('participants.search runs two statements', async () => {
  const search = (db: Rows) =>
    searchParticipants(db, tenant.seed.workspace, {
      filter: { query: 'p1@lima.example', status: 'ambiguous' },
      after: undefined,
      limit: 100,
    });
  expect(await statementsOf(search)).toBe(2);
});

test('a page of messages is one statement, whatever files and reactions it shows', async () => {
  const { seed, client } = await service.tenant();
  await seed.record({ recordId: '93' });
  const id = await seed.participant({ identifier: 'ana@lima.example', recordId: '93' });
  const identifierId = await seed.identifier({ participantId: id, kind: 'email', value: 'a@lima.example' });
  const made = await seed.conversation({
    people: [{ id, role: 'from' }],
    messages: Array.from({ length: 30 }, (_, n) => ({
      sentAt: '2026-11-01T00:00:00.000Z',
      attachments: [{ name: 'a.txt', size: 0, mediaKey: `meta:${n}` }],
    })),
  });
  for (const messageId of made.messageIds) {
    await seed.reaction({ messageId, identifierId, emoji: '👍', at: '2026-11-01T00:00:00.000Z' });
  }
  expect((await client.records.timeline.query({ recordId: '93' })).items[0]?.reactions).toHaveLength(1);
  const scope = { workspace: seed.workspace, recordId: '93', channels: undefined };
  for (const limit of [1, 30]) {
    const page = (db: Rows) => readRecordTimeline(db, scope, { order: 'newest', shown: undefined, limit });
    expect(await statementsOf(page)).toBe(1);
  }
});
