import type { Identifier } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { openTestDatabase } from '@kith/database/testing';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { arrived, chat, type ChatWords, mail, type MailWords } from '../../test/deliveries.ts';
import { violationsOf } from '../../test/invariants.ts';
import { clear, holdRecords, stateOf } from '../../test/state.ts';
import { applyBatch } from './apply-batch.ts';
import type { Arrived } from './decode.ts';
import { refreshParticipants } from '../resolve/refresh-participants.ts';

type TestDatabase = Awaited<ReturnType<typeof openTestDatabase>>;
let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(() => clear(database.db));

const at = '2026-03-02T09:00:00.000Z';
const phone = { kind: 'phone', value: '+5511987654321' } as const;
const bsuid = { kind: 'whatsapp_bsuid', value: 'waba/BR.1a' } as const;
const lid = { kind: 'whatsapp_lid', value: '140874994434143@lid' } as const;
const member = { kind: 'linkedin_member', value: 'urn:li:member:42' } as const;
const slug = { kind: 'linkedin_public', value: 'ana-lima' } as const;
const profileEmail = { kind: 'email', value: 'ana@lima.example' } as const;

const apply = (batch: Arrived[]) => database.db.write('acme', (tx) => applyBatch(tx, batch, at));
const whatsapp = (words: Omit<ChatWords, 'channel'>, overrides: object = {}) =>
  arrived([chat({ ...words, channel: 'whatsapp' })], { channel: 'whatsapp', ...overrides });
const linkedin = (words: Omit<ChatWords, 'channel'>) =>
  arrived([chat({ ...words, channel: 'linkedin' })], { channel: 'linkedin' });
const receive = (...mails: MailWords[]) => apply([arrived(mails.map(mail))]);
const rows = <T extends object>(query: ReturnType<typeof sql>) => database.db.rows<T>(query);

/** The one live participant that has the identifier. */
async function participantOf({ kind, value }: Identifier): Promise<Record<string, unknown>> {
  const [found] = await rows<Record<string, unknown>>(sql`
    select p.*, array(select j.value from participant_identifier j
      where j.workspace_id = p.workspace_id and j.participant_id = p.id order by j.value collate "C") as known_by
    from participant_identifier i
    join participant p on p.workspace_id = i.workspace_id and p.id = i.participant_id and p.merged_into is null
    where i.kind = ${kind} and i.value = ${value}`);
  if (found === undefined) throw new Error(`no participant ${value}`);
  return found;
}

test('what messages name together is one participant, shown by the best of its identifiers', async () => {
  await apply([whatsapp({ id: '1', from: [lid, bsuid], name: 'Ana' })]);
  const before = await participantOf(lid);
  expect(before).toMatchObject({ identifier: bsuid.value, display_name: 'Ana', message_count: 1 });
  await apply([
    whatsapp({ id: '2', from: [bsuid, phone], name: 'Ana Lima', sentAt: '2026-03-01T11:00:00.000Z' }),
  ]);
  expect(await participantOf(phone)).toMatchObject({
    id: before['id'],
    identifier: phone.value,
    display_name: 'Ana Lima',
    message_count: 2,
    last_message_at: '2026-03-01T11:00:00.000Z',
    known_by: [phone.value, lid.value, bsuid.value],
  });
});

test('two participants that turn out to be one merge: the oldest stays and is once in each conversation', async () => {
  await apply([whatsapp({ id: '1', from: [phone], chat: 'a' })]);
  await apply([whatsapp({ id: '2', from: [phone], to: [[lid]], chat: 'group', kind: 'group' })]);
  await apply([whatsapp({ id: '3', from: [lid], chat: 'b' })]);
  const [oldest, younger] = [await participantOf(phone), await participantOf(lid)];
  await apply([whatsapp({ id: '4', from: [lid, phone], chat: 'a' })]);
  expect(await participantOf(lid)).toMatchObject({ id: oldest['id'], message_count: 5 });
  const gone = await rows(sql`select merged_into, record_id, status, candidates from participant
    where id = ${younger['id']}`);
  expect(gone).toEqual([{ merged_into: oldest['id'], record_id: null, status: 'unlinked', candidates: [] }]);
  const takingPart = await rows(sql`
    select k.key, cp.role_rank from conversation_participant cp
    join conversation_key k on k.workspace_id = cp.workspace_id and k.conversation_id = cp.conversation_id
    where cp.participant_id in (${oldest['id']}, ${younger['id']}) order by k.key`);
  expect(takingPart).toEqual([
    { key: 'a', role_rank: 0 },
    { key: 'b', role_rank: 0 },
    { key: 'group', role_rank: 0 },
  ]);
  const facts = await rows(sql`select payload->'data' as data from outbox
    where payload->>'type' = 'participant.merged'`);
  expect(facts).toEqual([{ data: { participantId: oldest['id'], mergedParticipantId: younger['id'] } }]);
  expect(await violationsOf(database.db, 'acme')).toEqual([]);
});

test('a record keeps the newest activity of a participant that merges into an older one', async () => {
  await holdRecords(database.db, [{ recordId: '93', identifiers: [phone] }]);
  await apply([whatsapp({ id: '1', from: [lid], chat: 'a', sentAt: '2026-03-01T08:00:00.000Z' })]);
  await apply([whatsapp({ id: '2', from: [phone], chat: 'b', sentAt: '2026-03-01T12:00:00.000Z' })]);
  await apply([whatsapp({ id: '3', from: [phone, lid], chat: 'a', sentAt: '2026-03-01T09:00:00.000Z' })]);
  expect(await participantOf(lid)).toMatchObject({
    record_id: '93',
    last_message_at: '2026-03-01T12:00:00.000Z',
  });
  expect(await rows(sql`select last_activity_at from record`)).toEqual([
    { last_activity_at: '2026-03-01T12:00:00.000Z' },
  ]);
});

test('what a message names stays what it named when participants merge', async () => {
  await apply([whatsapp({ id: '1', from: [lid], to: [[phone]] })]);
  const [first] = await rows<{ id: string }>(sql`select id from message`);
  const named = () =>
    rows(sql`
      select i.value, mp.role, m.sender_identifier_id = i.id as wrote from message m
      join message_participant mp on mp.message_id = m.id
      join participant_identifier i on i.id = mp.identifier_id
      where m.id = ${first?.id} order by mp.role`);
  const before = await named();
  expect(before).toEqual([
    { value: lid.value, role: 'from', wrote: true },
    { value: phone.value, role: 'to', wrote: false },
  ]);
  await apply([whatsapp({ id: '2', from: [phone, lid] })]);
  expect(await named()).toEqual(before);
  expect((await participantOf(phone))['id']).toBe((await participantOf(lid))['id']);
});

test('what a person keeps apart is not merged again, by whatever names both', async () => {
  await apply([whatsapp({ id: '1', from: [phone] }), whatsapp({ id: '2', from: [lid] })]);
  const ids = [await participantOf(phone), await participantOf(lid)].map(({ id }) => String(id)).toSorted();
  await rows(sql`insert into participant_separation (workspace_id, participant_a, participant_b, actor, at)
    values ('acme', ${ids[0]}, ${ids[1]}, 'key:test', ${at})`);
  await apply([whatsapp({ id: '3', from: [lid, phone, bsuid] })]);
  await apply([whatsapp({ id: '4', from: [phone, bsuid] }), whatsapp({ id: '5', from: [bsuid, lid] })]);
  expect((await participantOf(lid))['known_by']).toEqual([lid.value]);
  expect(await participantOf(phone)).toMatchObject({
    known_by: [phone.value, bsuid.value],
    message_count: 3,
  });
  expect(await rows(sql`select 1 from participant where merged_into is not null`)).toEqual([]);
});

test('clues belong to whom they came with, and somebody of whom there are only clues is nobody', async () => {
  await apply([linkedin({ id: '1', from: [member, slug, profileEmail] })]);
  await apply([linkedin({ id: '2', from: [profileEmail], to: [[slug, profileEmail]] })]);
  expect(await stateOf(database.db)).toMatchObject({
    participants: [
      { identifier: 'urn:li:member:1' },
      { identifier: member.value, message_count: 2, clues: [`email ${profileEmail.value}`] },
    ],
  });
  expect(
    await rows(sql`select sender_identifier_id from message order by sender_identifier_id`),
  ).toMatchObject([{ sender_identifier_id: expect.any(String) }, { sender_identifier_id: null }]);
});

test('a profile email of one record links its member by linkedin_email_webhook with 0.9', async () => {
  await holdRecords(database.db, [{ recordId: '93', identifiers: [profileEmail] }]);
  await apply([linkedin({ id: '1', from: [member, profileEmail] })]);
  expect(await participantOf(member)).toMatchObject({
    record_id: '93',
    method: 'linkedin_email_webhook',
    confidence: 0.9,
  });
});

test('an identifier that speaks for another record takes the link away, as if it had been there first', async () => {
  await holdRecords(database.db, [
    { recordId: '93', identifiers: [phone] },
    { recordId: '94', identifiers: [bsuid] },
  ]);
  await apply([whatsapp({ id: '1', from: [phone] })]);
  expect(await participantOf(phone)).toMatchObject({ record_id: '93', method: 'phone_webhook' });
  await apply([whatsapp({ id: '2', from: [phone, bsuid] })]);
  expect(await participantOf(phone)).toMatchObject({ status: 'ambiguous', candidates: ['93', '94'] });
});

test('an address that turns out to be a list is not linked any more', async () => {
  await holdRecords(database.db, [{ recordId: '93', identifiers: [profileEmail] }]);
  await receive({ id: 'a@x', from: 'bo@x.example', to: [profileEmail.value] });
  expect(await participantOf(profileEmail)).toMatchObject({ record_id: '93', nature: 'person' });
  await receive({ id: 'b@x', nature: 'list' });
  expect(await participantOf(profileEmail)).toMatchObject({
    record_id: null,
    status: 'unlinked',
    nature: 'list',
  });
});

test('nobody’s headers make a list or a machine of who has written as a person, in either order', async () => {
  await holdRecords(database.db, [{ recordId: '93', identifiers: [profileEmail] }]);
  await receive({ id: 'a@x', nature: 'list' });
  expect(await participantOf(profileEmail)).toMatchObject({ record_id: null, nature: 'list' });
  await receive({ id: 'b@x' });
  expect(await participantOf(profileEmail)).toMatchObject({ record_id: '93', nature: 'person' });
  await receive({ id: 'c@x', nature: 'machine' });
  expect(await participantOf(profileEmail)).toMatchObject({ record_id: '93', nature: 'person' });
});

test('only history makes a link of history; a webhook that follows makes it stronger', async () => {
  await holdRecords(database.db, [{ recordId: '93', identifiers: [phone] }]);
  await apply([whatsapp({ id: '1', from: [phone] }, { origin: 'sync' })]);
  expect(await participantOf(phone)).toMatchObject({ method: 'sync_identifier_match', confidence: 0.85 });
  await apply([whatsapp({ id: '1', from: [phone] })]);
  expect(await participantOf(phone)).toMatchObject({ method: 'phone_webhook', confidence: 0.9 });
});

test('a copy adds its marks, and a person whom only it names counts once', async () => {
  await receive({ id: 'a@x', marks: ['list', 'bulk'] });
  await receive({ id: 'a@x', marks: ['bulk', 'auto_reply'], cc: ['hidden@y.example'] });
  await receive({ id: 'a@x', cc: ['hidden@y.example'] });
  expect(await rows(sql`select marks from message`)).toEqual([{ marks: ['auto_reply', 'bulk', 'list'] }]);
  expect(await participantOf({ kind: 'email', value: 'hidden@y.example' })).toMatchObject({
    message_count: 1,
    last_message_at: '2026-03-01T10:00:00.000Z',
  });
});

test('a name that only a later copy gives is kept with the message', async () => {
  await receive({ id: 'a@x' });
  await receive({ id: 'a@x', name: 'Ana Lima' });
  expect(await rows(sql`select display_name from message_participant where role = 'from'`)).toEqual([
    { display_name: 'Ana Lima' },
  ]);
});

test('a repeated delivery rewrites no row of those it names', async () => {
  const versions = () =>
    rows(sql`
      select 'participant' as row, id::text as id, xmin::text as version from participant
      union all select 'identifier', id::text, xmin::text from participant_identifier
      union all select 'message', id::text, xmin::text from message
      union all select 'named', message_id || role, xmin::text from message_participant
      union all select 'taking part', participant_id::text, xmin::text from conversation_participant
      union all select 'clue', value, xmin::text from participant_clue
      order by 1, 2`);
  const same = () => [
    whatsapp({ id: '1', from: [phone, bsuid], name: 'Ana' }),
    linkedin({ id: '2', from: [member, profileEmail], name: 'Ana' }),
    arrived([mail({ id: 'a@x', name: 'Ana', marks: ['bulk'] })]),
  ];
  await apply(same());
  const before = await versions();
  expect(before.length).toBeGreaterThan(15);
  await apply(same());
  expect(await versions()).toEqual(before);
});

test('what participants repeat can be recomputed, and what merged is left alone', async () => {
  await apply([whatsapp({ id: '1', from: [phone], name: 'Ana' })]);
  await apply([whatsapp({ id: '2', from: [lid], nature: 'role' })]);
  await apply([whatsapp({ id: '3', from: [phone, lid] })]);
  expect(await participantOf(phone)).toMatchObject({ nature: 'role', display_name: 'Ana', message_count: 3 });
  const everything = () => rows<{ id: string }>(sql`select * from participant order by id`);
  const before = await everything();
  await rows(sql`update participant set identifier = '?', display_name = '?', nature = 'list', message_count = 9,
    last_message_at = null where merged_into is null`);
  const refresh = (tx: Tx) =>
    refreshParticipants(
      tx,
      before.map(({ id }) => id),
    );
  await database.db.write('acme', refresh);
  expect(await everything()).toEqual(before);
});

test('a batch costs the same number of statements however many people it names, attaches and merges', async () => {
  const statementsOf = async (people: number, merging: number): Promise<number> => {
    await clear(database.db);
    const numbered = (index: number): [Identifier, Identifier, Identifier] => [
      { kind: 'phone', value: `+1415555${index}` },
      { kind: 'whatsapp_lid', value: `${index}@lid` },
      { kind: 'whatsapp_bsuid', value: `waba/${index}` },
    ];
    const everybody = Array.from({ length: people }, (_, index) => numbered(index));
    const known = everybody.slice(0, merging).flatMap(([one, other]) => [[one], [other]]);
    await apply([whatsapp({ id: '1', from: [phone], to: known })]);
    let statements = 0;
    await database.db.write('acme', (tx) => {
      const counted: Tx = { ...tx, rows: (query) => ((statements += 1), tx.rows(query)) };
      return applyBatch(counted, [whatsapp({ id: '2', from: [phone], to: everybody })], at);
    });
    const [found] = await rows<{ live: number }>(sql`
      select count(*)::int as live from participant where merged_into is null`);
    expect(found).toEqual({ live: people + 1 });
    return statements;
  };
  expect(await statementsOf(1000, 100)).toBe(await statementsOf(10, 1));
});
