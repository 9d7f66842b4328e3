/*
 * What people say through the API, and take back: every answer, every refusal, and what the history keeps of it.
 */
import type { Identifier } from '@kith/contracts';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { arrived, chat, mail, type MailWords } from '../../test/deliveries.ts';
import { violationsOf } from '../../test/invariants.ts';
import { clearAllButKeys, errorOf, openResolver, type TestResolver } from '../../test/resolver.ts';
import { applyBatch } from '../apply/apply-batch.ts';

let resolver: TestResolver;
beforeAll(async () => {
  resolver = await openResolver();
});
afterAll(() => resolver[Symbol.asyncDispose]());
beforeEach(async () => {
  await clearAllButKeys(resolver.db);
  await resolver.acme.pipelines.upsert.mutate({
    pipeline: 'contacts',
    fields: [
      { key: 'email', type: 'email' },
      { key: 'phone', type: 'phone' },
    ],
  });
});

const at = '2026-03-02T09:00:00.000Z';
const receive = (...mails: MailWords[]) =>
  resolver.db.write('acme', (tx) => applyBatch(tx, [arrived(mails.map(mail))], at));
const receiveChat = (id: string, from: readonly Identifier[]) =>
  resolver.db.write('acme', (tx) =>
    applyBatch(tx, [arrived([chat({ id, channel: 'whatsapp', from })], { channel: 'whatsapp' })], at),
  );
const upsert = (recordId: string, fields: Record<string, unknown>) =>
  resolver.acme.records.upsert.mutate({
    pipeline: 'contacts',
    recordId,
    title: `Record ${recordId}`,
    fields,
  });

interface Link {
  id: string;
  status: string;
  recordId: string | null;
  method: string | null;
  candidates: string[];
  dismissed: boolean;
}

async function linkOf(identifier: string): Promise<Link> {
  const [link] = await resolver.db.rows<Link>(sql`
    select p.id, p.status, p.record_id as "recordId", p.method, p.candidates, p.dismissed from participant p
    join participant_identifier i on i.workspace_id = p.workspace_id and i.participant_id = p.id
    where p.workspace_id = 'acme' and i.value = ${identifier}`);
  if (link === undefined) throw new Error(`no participant ${identifier}`);
  return link;
}

/** The newest entry of a participant's history. */
async function newestEntry(identifier: string, action?: string): Promise<string> {
  const { id } = await linkOf(identifier);
  const [entry] = await resolver.db.rows<{ id: number }>(sql`
    select id from link_event
    where participant_id = ${id} and action = coalesce(${action ?? null}, action) order by id desc limit 1`);
  return String(entry?.id);
}

const undo = (eventId: string | null) => resolver.acme.participants.undo.mutate({ eventId: eventId ?? '' });
const holds = async () => expect(await violationsOf(resolver.db, 'acme')).toEqual([]);

const nobody = '00000000-0000-8000-8000-000000000000';
const ana = 'ana@lima.example';
const phone = { kind: 'phone', value: '+5511987654321' } as const;
const bsuid = { kind: 'whatsapp_bsuid', value: 'waba/BR.1a' } as const;

test('a link of a rule that is undone counts as a person’s word, and can be had back', async () => {
  await upsert('93', { email: ana });
  await receive({ id: 'a@x' });
  const undone = await undo(await newestEntry(ana));
  expect(await linkOf(ana)).toMatchObject({ status: 'unlinked', recordId: null });
  await receive({ id: 'b@x' });
  await upsert('93', { email: [ana, 'other@lima.example'] });
  expect(await linkOf(ana)).toMatchObject({ status: 'unlinked' });
  await undo(undone.eventId);
  expect(await linkOf(ana)).toMatchObject({ recordId: '93', method: 'email_webhook' });
  await holds();
});

test('an unlink of a rule that is undone is a person’s link from then on', async () => {
  await upsert('93', { email: ana });
  await receive({ id: 'a@x' });
  await upsert('93', { email: 'new@lima.example' });
  await undo(await newestEntry(ana));
  expect(await linkOf(ana)).toMatchObject({ recordId: '93', method: 'manual' });
  await holds();
});

test('a person’s link that is undone gives back what the rule makes, also where the evidence has gone meanwhile', async () => {
  await upsert('93', { email: ana });
  await upsert('94', {});
  await receive({ id: 'a@x' });
  const { id } = await linkOf(ana);
  const { eventId } = await resolver.acme.participants.link.mutate({ participantId: id, recordId: '94' });
  await upsert('93', {});
  await undo(eventId);
  expect(await linkOf(ana)).toMatchObject({ status: 'unlinked', recordId: null });
  await holds();
});

test('older words are undone after newer ones, none twice, and unknown ones not at all', async () => {
  await upsert('93', { email: ana });
  await upsert('94', {});
  await receive({ id: 'a@x' });
  const { id } = await linkOf(ana);
  const first = await resolver.acme.participants.link.mutate({ participantId: id, recordId: '94' });
  const second = await resolver.acme.participants.unlink.mutate({ participantId: id });
  const refused = await errorOf(undo(first.eventId));
  expect(refused).toMatchObject({ code: 'undo_conflict', field: 'eventId' });
  expect(refused.message).toContain(`entry ${second.eventId}`);
  await undo(second.eventId);
  await undo(first.eventId);
  expect(await linkOf(ana)).toMatchObject({ recordId: '93', method: 'email_webhook' });
  expect(await errorOf(undo(first.eventId))).toMatchObject({ code: 'already_undone' });
  for (const eventId of ['999999', 'no-number', '-1', '1e3', '9'.repeat(30)]) {
    expect(await errorOf(undo(eventId))).toMatchObject({ code: 'event_not_found', field: 'eventId' });
  }
  expect(
    await errorOf(resolver.other.participants.undo.mutate({ eventId: second.eventId ?? '' })),
  ).toMatchObject({ code: 'event_not_found' });
  await holds();
});

test('undoing the same entry from two places at once happens once', async () => {
  await upsert('93', { email: ana });
  await receive({ id: 'a@x' });
  const eventId = await newestEntry(ana);
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => undo(eventId)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a contested link stays, is confirmed by a person, and is contested no more', async () => {
  await upsert('93', { email: ana });
  await receive({ id: 'a@x' });
  await upsert('94', { email: ana });
  expect(await linkOf(ana)).toMatchObject({ recordId: '93', candidates: ['94'] });
  const { id } = await linkOf(ana);
  const answer = await resolver.acme.review.resolve.mutate({ participantId: id, recordId: '93' });
  expect(answer).toMatchObject({ linked: false, eventId: expect.any(String) as string });
  expect(await linkOf(ana)).toMatchObject({ recordId: '93', method: 'manual', candidates: [] });
  expect(await resolver.acme.review.resolve.mutate({ participantId: id, recordId: '93' })).toEqual({
    linked: false,
    eventId: null,
  });
  await holds();
});

test('dismissed is off the list until the candidates change; not this record is for good', async () => {
  for (const recordId of ['93', '94']) await upsert(recordId, { email: ana });
  await receive({ id: 'a@x' });
  const { id } = await linkOf(ana);
  const { dismiss } = resolver.acme.review;
  const { eventId } = await dismiss.mutate({ participantId: id });
  expect(await linkOf(ana)).toMatchObject({ status: 'ambiguous', dismissed: true });
  expect(await dismiss.mutate({ participantId: id })).toEqual({ dismissed: false, eventId: null });
  await undo(eventId);
  expect(await linkOf(ana)).toMatchObject({ dismissed: false });
  await dismiss.mutate({ participantId: id });
  await upsert('95', { email: ana });
  expect(await linkOf(ana)).toMatchObject({ dismissed: false, candidates: ['93', '94', '95'] });

  expect(await dismiss.mutate({ participantId: id, recordId: '94' })).toMatchObject({ dismissed: true });
  expect(await linkOf(ana)).toMatchObject({ status: 'ambiguous', candidates: ['93', '95'] });
  expect(await dismiss.mutate({ participantId: id, recordId: '94' })).toMatchObject({ dismissed: false });
  expect(await dismiss.mutate({ participantId: id, recordId: '93' })).toMatchObject({ dismissed: true });
  expect(await linkOf(ana)).toMatchObject({ status: 'linked', recordId: '95' });
  expect(await errorOf(dismiss.mutate({ participantId: id, recordId: 'none' }))).toMatchObject({
    code: 'record_not_found',
  });
  await holds();
});

test('a number and a user id that a message shows to be one become one participant; undoing parts them for good', async () => {
  await upsert('93', { phone: phone.value });
  await receiveChat('1', [phone]);
  await receiveChat('2', [bsuid]);
  const [older, younger] = [(await linkOf(phone.value)).id, (await linkOf(bsuid.value)).id];
  expect(younger).not.toBe(older);
  await receiveChat('3', [phone, bsuid]);
  expect(await linkOf(bsuid.value)).toMatchObject({ id: older, recordId: '93' });
  const linked = await resolver.acme.participants.link.mutate({ participantId: younger, recordId: '93' });
  expect(linked.linked).toBe(false);
  await undo(linked.eventId);

  const { eventId } = await undo(await newestEntry(phone.value, 'merged'));
  expect(await linkOf(phone.value)).toMatchObject({ id: older, recordId: '93' });
  expect(await linkOf(bsuid.value)).toMatchObject({ id: younger, status: 'unlinked' });
  await receiveChat('4', [bsuid, phone]);
  expect((await linkOf(bsuid.value)).id).toBe(younger);
  await holds();

  await undo(eventId);
  expect((await linkOf(bsuid.value)).id).toBe(older);
  await holds();
});

test('records merge with their people’s decisions, and undoing gives back both', async () => {
  await upsert('93', { email: ana });
  await upsert('94', {});
  await receive({ id: 'a@x' }, { id: 'b@x', from: 'bo@x.example' });
  const bo = (await linkOf('bo@x.example')).id;
  await resolver.acme.participants.link.mutate({ participantId: bo, recordId: '93' });
  const merge = { recordId: '93', intoRecordId: '94' };
  const { eventId, moved } = await resolver.acme.records.merge.mutate(merge);
  expect(moved).toBe(2);
  expect(await linkOf(ana)).toMatchObject({ recordId: '94', method: 'email_webhook' });
  expect(await linkOf('bo@x.example')).toMatchObject({ recordId: '94', method: 'manual' });
  expect(await resolver.acme.records.merge.mutate(merge)).toMatchObject({ merged: false });
  await upsert('94', { phone: '+4930123456' });
  expect(await linkOf(ana)).toMatchObject({ recordId: '94' });
  await upsert('93', { email: [ana, 'second@lima.example'] });
  await receive({ id: 'c@x', from: 'second@lima.example' });
  expect(await linkOf('second@lima.example')).toMatchObject({ recordId: '94' });
  for (const identifier of [ana, 'bo@x.example']) {
    expect(await errorOf(undo(await newestEntry(identifier)))).toMatchObject({ code: 'undo_conflict' });
  }
  await undo(eventId);
  for (const identifier of [ana, 'bo@x.example', 'second@lima.example']) {
    expect(await linkOf(identifier)).toMatchObject({ recordId: '93' });
  }
  expect(await errorOf(undo(eventId))).toMatchObject({ code: 'already_undone' });
  await holds();
});

test('what cannot be merged says why', async () => {
  for (const recordId of ['93', '94', '95']) await upsert(recordId, {});
  const { records, participants } = resolver.acme;
  await receive({ id: 'a@x' });
  const { id } = await linkOf(ana);
  const merge = (recordId: string, intoRecordId: string) =>
    errorOf(records.merge.mutate({ recordId, intoRecordId }));
  expect(await merge('93', '93')).toMatchObject({ code: 'bad_input', field: 'intoRecordId' });
  expect(await merge('93', 'none')).toMatchObject({ code: 'record_not_found', field: 'intoRecordId' });
  await records.merge.mutate({ recordId: '93', intoRecordId: '94' });
  expect(await merge('95', '93')).toMatchObject({ code: 'record_merged', field: 'intoRecordId' });
  const link = await errorOf(participants.link.mutate({ participantId: id, recordId: '93' }));
  expect(link).toMatchObject({ code: 'record_merged', field: 'recordId' });
  expect(link.message).toContain('"94"');
});

test('a person’s link to a record that is deleted comes back with the record', async () => {
  await upsert('93', {});
  await receive({ id: 'a@x' });
  const { id } = await linkOf(ana);
  await resolver.acme.participants.link.mutate({ participantId: id, recordId: '93' });
  expect(await resolver.acme.records.delete.mutate({ recordId: '93' })).toEqual({ deleted: true });
  expect(await linkOf(ana)).toMatchObject({ status: 'unlinked', recordId: null });
  await upsert('93', {});
  expect(await linkOf(ana)).toMatchObject({ recordId: '93', method: 'manual' });
  await holds();
});

test('many words are all taken or none, and each can be undone', async () => {
  await upsert('93', {});
  await receive({ id: 'a@x', to: ['bo@x.example', 'cy@x.example'] });
  const ids = await Promise.all(
    [ana, 'bo@x.example', 'cy@x.example'].map(async (one) => (await linkOf(one)).id),
  );
  const { participants } = resolver.acme;
  const links = (all: readonly string[]) => all.map((participantId) => ({ participantId, recordId: '93' }));
  expect(await errorOf(participants.linkMany.mutate({ links: links([...ids, nobody]) }))).toMatchObject({
    code: 'participant_not_found',
    field: 'links.3.participantId',
  });
  expect(await errorOf(participants.linkMany.mutate({ links: links([...ids, ids[0] ?? '']) }))).toMatchObject(
    {
      code: 'bad_input',
      field: 'links.3.participantId',
    },
  );
  expect((await linkOf(ana)).recordId).toBeNull();
  const { linked, eventIds } = await participants.linkMany.mutate({ links: links(ids) });
  expect([linked, eventIds.length]).toEqual([3, 3]);
  expect(await participants.linkMany.mutate({ links: links(ids) })).toEqual({ linked: 0, eventIds: [] });
  await undo(eventIds[1] ?? null);
  expect(await participants.unlinkMany.mutate({ participantIds: ids })).toMatchObject({ unlinked: 2 });
  expect(await errorOf(participants.unlinkMany.mutate({ participantIds: ['x'] }))).toMatchObject({
    code: 'participant_not_found',
    field: 'participantIds.0',
  });
  await holds();
});

test('the team is internal over the API, and is refused where it would be everybody', async () => {
  await upsert('93', { email: ana });
  await receive({ id: 'a@x', to: ['boss@acme.example'] });
  const { team, participants } = resolver.acme;
  expect(await team.upsert.mutate({ identifiers: [ana], domains: ['Acme.Example'] })).toEqual({
    internal: 2,
  });
  const { id, status } = await linkOf(ana);
  expect(status).toBe('internal');
  const link = errorOf(participants.link.mutate({ participantId: id, recordId: '93' }));
  expect(await link).toMatchObject({ code: 'participant_internal', field: 'participantId' });
  expect(await errorOf(team.upsert.mutate({ identifiers: [], domains: ['gmail.com'] }))).toMatchObject({
    code: 'bad_input',
    field: 'domains.0',
  });
  await team.upsert.mutate({ identifiers: [], domains: [] });
  expect(await linkOf(ana)).toMatchObject({ status: 'linked', recordId: '93' });
  await holds();
});

test.each([-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY])(
  'a confidence of %d is refused',
  async (confidence) => {
    await upsert('93', {});
    await receive({ id: 'a@x' });
    const { id } = await linkOf(ana);
    const link = { participantId: id, recordId: '93', confidence };
    expect(await errorOf(resolver.acme.participants.link.mutate(link))).toMatchObject({
      code: 'bad_input',
      field: 'confidence',
    });
    expect(await linkOf(ana)).toMatchObject({ recordId: null });
  },
);

test('every change of a link is told as an event, and nothing personal with it', async () => {
  await upsert('93', { email: ana });
  await receive({ id: 'a@x' });
  await upsert('94', { email: ana });
  const { eventId } = await resolver.acme.records.merge.mutate({ recordId: '94', intoRecordId: '93' });
  await undo(eventId);
  await resolver.acme.records.delete.mutate({ recordId: '94' });
  const rows = await resolver.db.rows<{ type: string; payload: string }>(sql`
    select payload->>'type' as type, payload::text as payload from outbox
    where subject like 'kith.events.%' order by id`);
  const told = rows.map(({ type }) => type).filter((type) => /^(participant|record)\./.test(type));
  expect(told).toEqual(
    expect.arrayContaining([
      'participant.created',
      'participant.linked',
      'participant.contested',
      'record.upserted',
      'record.merged',
      'record.unmerged',
      'record.deleted',
    ]),
  );
  expect(rows.map(({ payload }) => payload).join()).not.toContain('lima.example');
});
