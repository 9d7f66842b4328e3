/*
 * What is taken back through the API: words of people, links of rules, merges of participants and of records.
 */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type ApiWorkspace, contacts, createApiWorkspace } from '../../test/api-workspace.ts';
import { clearAllButKeys, errorOf, openResolver, type TestResolver } from '../../test/resolver.ts';

let resolver: TestResolver;
let acme: ApiWorkspace;
beforeAll(async () => {
  resolver = await openResolver();
  acme = createApiWorkspace(resolver);
});
afterAll(() => resolver[Symbol.asyncDispose]());
beforeEach(async () => {
  await clearAllButKeys(resolver.db);
  await resolver.acme.pipelines.upsert.mutate(contacts);
});

const ana = 'ana@lima.example';
const phone = { kind: 'phone', value: '+5511987654321' } as const;
const bsuid = { kind: 'whatsapp_bsuid', value: 'waba/BR.1a' } as const;

test('a link of a rule that is undone counts as a person’s word, and can be had back', async () => {
  await acme.upsert('93', { email: ana });
  await acme.receive({ id: 'a@x' });
  const undone = await acme.undo(await acme.newestEntry(ana));
  expect(await acme.linkOf(ana)).toMatchObject({ status: 'unlinked', recordId: null });
  await acme.receive({ id: 'b@x' });
  await acme.upsert('93', { email: [ana, 'other@lima.example'] });
  expect(await acme.linkOf(ana)).toMatchObject({ status: 'unlinked' });
  await acme.undo(undone.eventId);
  expect(await acme.linkOf(ana)).toMatchObject({ recordId: '93', method: 'email_webhook' });
  await acme.holds();
});

test('an unlink of a rule that is undone is a person’s link from then on', async () => {
  await acme.upsert('93', { email: ana });
  await acme.receive({ id: 'a@x' });
  await acme.upsert('93', { email: 'new@lima.example' });
  await acme.undo(await acme.newestEntry(ana));
  expect(await acme.linkOf(ana)).toMatchObject({ recordId: '93', method: 'manual' });
  await acme.holds();
});

test('a person’s link that is undone gives back what the rule makes, also where the evidence has gone meanwhile', async () => {
  await acme.upsert('93', { email: ana });
  await acme.upsert('94', {});
  await acme.receive({ id: 'a@x' });
  const { id } = await acme.linkOf(ana);
  const { eventId } = await resolver.acme.participants.link.mutate({ participantId: id, recordId: '94' });
  await acme.upsert('93', {});
  await acme.undo(eventId);
  expect(await acme.linkOf(ana)).toMatchObject({ status: 'unlinked', recordId: null });
  await acme.holds();
});

test('older words are undone after newer ones, none twice, and unknown ones not at all', async () => {
  await acme.upsert('93', { email: ana });
  await acme.upsert('94', {});
  await acme.receive({ id: 'a@x' });
  const { id } = await acme.linkOf(ana);
  const first = await resolver.acme.participants.link.mutate({ participantId: id, recordId: '94' });
  const second = await resolver.acme.participants.unlink.mutate({ participantId: id });
  const refused = await errorOf(acme.undo(first.eventId));
  expect(refused).toMatchObject({ code: 'undo_conflict', field: 'eventId' });
  expect(refused.message).toContain(`entry ${second.eventId}`);
  await acme.undo(second.eventId);
  await acme.undo(first.eventId);
  expect(await acme.linkOf(ana)).toMatchObject({ recordId: '93', method: 'email_webhook' });
  expect(await errorOf(acme.undo(first.eventId))).toMatchObject({ code: 'already_undone' });
  for (const eventId of ['999999', 'no-number', '-1', '1e3', '9'.repeat(30)]) {
    expect(await errorOf(acme.undo(eventId))).toMatchObject({ code: 'event_not_found', field: 'eventId' });
  }
  expect(
    await errorOf(resolver.other.participants.undo.mutate({ eventId: second.eventId ?? '' })),
  ).toMatchObject({ code: 'event_not_found' });
  await acme.holds();
});

test('undoing the same entry from two places at once happens once', async () => {
  await acme.upsert('93', { email: ana });
  await acme.receive({ id: 'a@x' });
  const eventId = await acme.newestEntry(ana);
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => acme.undo(eventId)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a number and a user id that a message shows to be one become one participant; undoing parts them for good', async () => {
  await acme.upsert('93', { phone: phone.value });
  await acme.receiveChat('1', [phone]);
  await acme.receiveChat('2', [bsuid]);
  const [older, younger] = [(await acme.linkOf(phone.value)).id, (await acme.linkOf(bsuid.value)).id];
  expect(younger).not.toBe(older);
  await acme.receiveChat('3', [phone, bsuid]);
  expect(await acme.linkOf(bsuid.value)).toMatchObject({ id: older, recordId: '93' });
  const linked = await resolver.acme.participants.link.mutate({ participantId: younger, recordId: '93' });
  expect(linked.linked).toBe(false);
  await acme.undo(linked.eventId);

  const { eventId } = await acme.undo(await acme.newestEntry(phone.value, 'merged'));
  expect(await acme.linkOf(phone.value)).toMatchObject({ id: older, recordId: '93' });
  expect(await acme.linkOf(bsuid.value)).toMatchObject({ id: younger, status: 'unlinked' });
  await acme.receiveChat('4', [bsuid, phone]);
  expect((await acme.linkOf(bsuid.value)).id).toBe(younger);
  await acme.holds();

  await acme.undo(eventId);
  expect((await acme.linkOf(bsuid.value)).id).toBe(older);
  await acme.holds();
});

test('records merge with their people’s decisions, and undoing gives back both', async () => {
  await acme.upsert('93', { email: ana });
  await acme.upsert('94', {});
  await acme.receive({ id: 'a@x' }, { id: 'b@x', from: 'bo@x.example' });
  const bo = (await acme.linkOf('bo@x.example')).id;
  await resolver.acme.participants.link.mutate({ participantId: bo, recordId: '93' });
  const merge = { recordId: '93', intoRecordId: '94' };
  const { eventId, moved } = await resolver.acme.records.merge.mutate(merge);
  expect(moved).toBe(2);
  expect(await acme.linkOf(ana)).toMatchObject({ recordId: '94', method: 'email_webhook' });
  expect(await acme.linkOf('bo@x.example')).toMatchObject({ recordId: '94', method: 'manual' });
  expect(await resolver.acme.records.merge.mutate(merge)).toMatchObject({ merged: false });
  await acme.upsert('94', { phone: '+4930123456' });
  expect(await acme.linkOf(ana)).toMatchObject({ recordId: '94' });
  await acme.upsert('93', { email: [ana, 'second@lima.example'] });
  await acme.receive({ id: 'c@x', from: 'second@lima.example' });
  expect(await acme.linkOf('second@lima.example')).toMatchObject({ recordId: '94' });
  for (const identifier of [ana, 'bo@x.example']) {
    expect(await errorOf(acme.undo(await acme.newestEntry(identifier)))).toMatchObject({
      code: 'undo_conflict',
    });
  }
  await acme.undo(eventId);
  for (const identifier of [ana, 'bo@x.example', 'second@lima.example']) {
    expect(await acme.linkOf(identifier)).toMatchObject({ recordId: '93' });
  }
  expect(await errorOf(acme.undo(eventId))).toMatchObject({ code: 'already_undone' });
  await acme.holds();
});

test('what cannot be merged says why', async () => {
  for (const recordId of ['93', '94', '95']) await acme.upsert(recordId, {});
  const { records, participants } = resolver.acme;
  await acme.receive({ id: 'a@x' });
  const { id } = await acme.linkOf(ana);
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
  await acme.upsert('93', {});
  await acme.receive({ id: 'a@x' });
  const { id } = await acme.linkOf(ana);
  await resolver.acme.participants.link.mutate({ participantId: id, recordId: '93' });
  expect(await resolver.acme.records.delete.mutate({ recordId: '93' })).toEqual({ deleted: true });
  expect(await acme.linkOf(ana)).toMatchObject({ status: 'unlinked', recordId: null });
  await acme.upsert('93', {});
  expect(await acme.linkOf(ana)).toMatchObject({ recordId: '93', method: 'manual' });
  await acme.holds();
});
