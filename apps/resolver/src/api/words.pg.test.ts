/*
 * What people say through the API, one or many at a time, what they are refused, and what others hear of it.
 */
import { sql } from 'drizzle-orm';
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

const nobody = '00000000-0000-8000-8000-000000000000';
const ana = 'ana@lima.example';

test('a contested link stays, is confirmed by a person, and is contested no more', async () => {
  await acme.upsert('93', { email: ana });
  await acme.receive({ id: 'a@x' });
  await acme.upsert('94', { email: ana });
  expect(await acme.linkOf(ana)).toMatchObject({ recordId: '93', candidates: ['94'] });
  const { id } = await acme.linkOf(ana);
  const answer = await resolver.acme.review.resolve.mutate({ participantId: id, recordId: '93' });
  expect(answer).toMatchObject({ linked: false, eventId: expect.any(String) as string });
  expect(await acme.linkOf(ana)).toMatchObject({ recordId: '93', method: 'manual', candidates: [] });
  expect(await resolver.acme.review.resolve.mutate({ participantId: id, recordId: '93' })).toEqual({
    linked: false,
    eventId: null,
  });
  await acme.holds();
});

test('dismissed is off the list until the candidates change; not this record is for good', async () => {
  for (const recordId of ['93', '94']) await acme.upsert(recordId, { email: ana });
  await acme.receive({ id: 'a@x' });
  const { id } = await acme.linkOf(ana);
  const { dismiss } = resolver.acme.review;
  const { eventId } = await dismiss.mutate({ participantId: id });
  expect(await acme.linkOf(ana)).toMatchObject({ status: 'ambiguous', dismissed: true });
  expect(await dismiss.mutate({ participantId: id })).toEqual({ dismissed: false, eventId: null });
  await acme.undo(eventId);
  expect(await acme.linkOf(ana)).toMatchObject({ dismissed: false });
  await dismiss.mutate({ participantId: id });
  await acme.upsert('95', { email: ana });
  expect(await acme.linkOf(ana)).toMatchObject({ dismissed: false, candidates: ['93', '94', '95'] });

  expect(await dismiss.mutate({ participantId: id, recordId: '94' })).toMatchObject({ dismissed: true });
  expect(await acme.linkOf(ana)).toMatchObject({ status: 'ambiguous', candidates: ['93', '95'] });
  expect(await dismiss.mutate({ participantId: id, recordId: '94' })).toMatchObject({ dismissed: false });
  expect(await dismiss.mutate({ participantId: id, recordId: '93' })).toMatchObject({ dismissed: true });
  expect(await acme.linkOf(ana)).toMatchObject({ status: 'linked', recordId: '95' });
  expect(await errorOf(dismiss.mutate({ participantId: id, recordId: 'none' }))).toMatchObject({
    code: 'record_not_found',
  });
  await acme.holds();
});

test('the team is internal over the API, and is refused where it would be everybody', async () => {
  await acme.upsert('93', { email: ana });
  await acme.receive({ id: 'a@x', to: ['boss@acme.example'] });
  const { team, participants } = resolver.acme;
  expect(await team.upsert.mutate({ identifiers: [ana], domains: ['Acme.Example'] })).toEqual({
    internal: 2,
  });
  const { id, status } = await acme.linkOf(ana);
  expect(status).toBe('internal');
  const link = errorOf(participants.link.mutate({ participantId: id, recordId: '93' }));
  expect(await link).toMatchObject({ code: 'participant_internal', field: 'participantId' });
  expect(await errorOf(team.upsert.mutate({ identifiers: [], domains: ['gmail.com'] }))).toMatchObject({
    code: 'bad_input',
    field: 'domains.0',
  });
  await team.upsert.mutate({ identifiers: [], domains: [] });
  expect(await acme.linkOf(ana)).toMatchObject({ status: 'linked', recordId: '93' });
  await acme.holds();
});

test.each([-0.1, 1.1, Number.NaN, Number.POSITIVE_INFINITY])(
  'a confidence of %d is refused',
  async (confidence) => {
    await acme.upsert('93', {});
    await acme.receive({ id: 'a@x' });
    const { id } = await acme.linkOf(ana);
    const link = { participantId: id, recordId: '93', confidence };
    expect(await errorOf(resolver.acme.participants.link.mutate(link))).toMatchObject({
      code: 'bad_input',
      field: 'confidence',
    });
    expect(await acme.linkOf(ana)).toMatchObject({ recordId: null });
  },
);

test('every change of a link is told as an event, and nothing personal with it', async () => {
  await acme.upsert('93', { email: ana });
  await acme.receive({ id: 'a@x' });
  await acme.upsert('94', { email: ana });
  const { eventId } = await resolver.acme.records.merge.mutate({ recordId: '94', intoRecordId: '93' });
  await acme.undo(eventId);
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

test('who is unlinked can be dismissed too, until a record is found; who is linked is not on the list', async () => {
  await acme.receive({ id: 'a@x' });
  const { id } = await acme.linkOf(ana);
  const { dismiss } = resolver.acme.review;
  const { dismissed, eventId } = await dismiss.mutate({ participantId: id });
  expect([dismissed, (await acme.linkOf(ana)).dismissed]).toEqual([true, true]);
  await acme.undo(eventId);
  expect((await acme.linkOf(ana)).dismissed).toBe(false);
  await dismiss.mutate({ participantId: id });
  await acme.upsert('93', { email: ana });
  expect(await acme.linkOf(ana)).toMatchObject({ recordId: '93', dismissed: false });
  expect(await dismiss.mutate({ participantId: id })).toEqual({ dismissed: false, eventId: null });
  await acme.holds();
});

test('many words are all taken or none, and each can be undone', async () => {
  await acme.upsert('93', {});
  await acme.receive({ id: 'a@x', to: ['bo@x.example', 'cy@x.example'] });
  const ids = await Promise.all(
    [ana, 'bo@x.example', 'cy@x.example'].map(async (one) => (await acme.linkOf(one)).id),
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
  expect((await acme.linkOf(ana)).recordId).toBeNull();
  const { linked, eventIds } = await participants.linkMany.mutate({ links: links(ids) });
  expect([linked, eventIds.length]).toEqual([3, 3]);
  expect(await participants.linkMany.mutate({ links: links(ids) })).toEqual({ linked: 0, eventIds: [] });
  await acme.undo(eventIds[1] ?? null);
  expect(await participants.unlinkMany.mutate({ participantIds: ids })).toMatchObject({ unlinked: 2 });
  expect(await errorOf(participants.unlinkMany.mutate({ participantIds: ['x'] }))).toMatchObject({
    code: 'participant_not_found',
    field: 'participantIds.0',
  });
  await acme.holds();
});
