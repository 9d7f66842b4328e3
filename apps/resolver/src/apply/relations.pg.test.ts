import type { DeliveredRelation, Identifier } from '@kith/contracts';
import { openTestDatabase, type TestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  ana,
  anaLid,
  bo,
  type ChatWorkspace,
  createChatWorkspace,
  fromAna,
} from '../../test/chat-workspace.ts';
import { violationsOf } from '../../test/invariants.ts';
import { clear, holdRecords } from '../../test/state.ts';

let database: TestDatabase;
let acme: ChatWorkspace;
beforeAll(async () => {
  database = await openTestDatabase();
  acme = createChatWorkspace(database.db);
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(() => clear(database.db));

const related = (
  relation: DeliveredRelation['relation'],
  identifiers: Identifier[],
  displayName: string | null = null,
): DeliveredRelation => ({ kind: 'relation', relation, person: { identifiers, displayName }, at: null });

test('a contact is a participant without a conversation, linked as a message would link it', async () => {
  await holdRecords(database.db, [{ recordId: '93', identifiers: [ana] }]);
  expect(await acme.tell(related('contact', [ana], 'Ana'), related('contact', [ana], 'Ana'))).toEqual([
    'stored',
    'duplicate',
  ]);
  expect(await acme.participantOf(ana.value)).toMatchObject({
    status: 'linked',
    record_id: '93',
    display_name: 'Ana',
    message_count: 0,
    last_message_at: null,
    conversations: 0,
  });
  expect(await acme.rows(sql`select account_id, relation from participant_relation`)).toEqual([
    { account_id: 'sales', relation: 'contact' },
  ]);
  expect(await acme.tell(related('connection', [ana]))).toEqual(['stored']);
  expect(await acme.tellAs([related('contact', [ana])], { accountId: 'support' })).toMatchObject([
    { outcome: 'stored' },
  ]);
  expect(await violationsOf(database.db, 'acme')).toEqual([]);
});

test('one person under a new number is one participant with all its conversations, and stays where a person parted them', async () => {
  await acme.tell(fromAna('1'), fromAna('2', { from: [bo], chat: 'other' }));
  const changed = related('same_person', [ana, bo]);
  expect(await acme.tell(changed, changed)).toEqual(['stored', 'duplicate']);
  expect(await acme.tell(changed)).toEqual(['duplicate']);
  const one = await acme.participantOf(bo.value);
  expect(one).toMatchObject({ conversations: 2 });
  expect(await acme.participantOf(ana.value)).toEqual(one);
  expect(await acme.rows(sql`select 1 from participant_relation`)).toEqual([]);
  expect(await violationsOf(database.db, 'acme')).toEqual([]);
});

test('what a person keeps apart is not joined by being told that it is one', async () => {
  await acme.tell(fromAna('1'), fromAna('2', { from: [bo] }));
  const ids = [await acme.participantOf(ana.value), await acme.participantOf(bo.value)].map((found) =>
    String(found?.['id']),
  );
  const [a, b] = ids.toSorted();
  await acme.rows(sql`insert into participant_separation (workspace_id, participant_a, participant_b, actor, at)
    values ('acme', ${a}, ${b}, 'key:test', now())`);
  await acme.tell(related('same_person', [ana, bo]));
  expect((await acme.participantOf(ana.value))?.['id']).not.toBe(
    (await acme.participantOf(bo.value))?.['id'],
  );
});

test('somebody new under several identifiers is news once, also when they come one by one in a batch', async () => {
  expect(
    await acme.tell(
      related('same_person', [ana]),
      related('same_person', [ana, anaLid]),
      related('same_person', [anaLid, ana]),
      related('same_person', [anaLid]),
    ),
  ).toEqual(['stored', 'stored', 'duplicate', 'duplicate']);
});

test('somebody of whom only clues are given is ignored', async () => {
  const email = { kind: 'email', value: 'ana@lima.example' } as const;
  expect(await acme.tell(related('contact', [email]))).toEqual(['ignored']);
  expect(await acme.rows(sql`select 1 from participant`)).toEqual([]);
});
