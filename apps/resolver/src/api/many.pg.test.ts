/*
 * Words of people about many participants at once: all of them or none.
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

const ana = 'ana@lima.example';
const bo = 'bo@x.example';
const nobody = '00000000-0000-8000-8000-000000000000';

const entries = () =>
  resolver.db.rows<{ id: string }>(sql`select id::text as id from link_event order by link_event.id`);

test('many are taken off the review at once, each undone by its own entry', async () => {
  await acme.upsert('93', { email: ana });
  await acme.upsert('94', { email: ana });
  await acme.receive({ id: 'a@x' }, { id: 'b@x', from: bo }, { id: 'c@x', from: 'cy@x.example' });
  const ids = await Promise.all([ana, bo].map(async (value) => (await acme.linkOf(value)).id));
  const [first = '', second = ''] = ids;
  const { dismissMany } = resolver.acme.review;
  const answer = await dismissMany.mutate({ participantIds: [first, second, first] });
  expect(answer).toMatchObject({ dismissed: 2, eventIds: [expect.any(String), expect.any(String)] });
  expect(await acme.linkOf(ana)).toMatchObject({ dismissed: true, candidates: ['93', '94'] });
  expect([(await acme.linkOf(bo)).dismissed, (await acme.linkOf('cy@x.example')).dismissed]).toEqual([
    true,
    false,
  ]);
  expect(await dismissMany.mutate({ participantIds: ids })).toEqual({ dismissed: 0, eventIds: [] });
  await resolver.acme.participants.undoMany.mutate({ eventIds: answer.eventIds });
  expect([(await acme.linkOf(ana)).dismissed, (await acme.linkOf(bo)).dismissed]).toEqual([false, false]);
  await acme.holds();
});

test('who is linked is not on the list, and one who is not known keeps all of them there', async () => {
  await acme.upsert('93', { email: ana });
  await acme.receive({ id: 'a@x' }, { id: 'b@x', from: bo });
  const [linked, unlinked] = [(await acme.linkOf(ana)).id, (await acme.linkOf(bo)).id];
  const { dismissMany } = resolver.acme.review;
  expect(await errorOf(dismissMany.mutate({ participantIds: [unlinked, nobody] }))).toMatchObject({
    code: 'participant_not_found',
    field: 'participantIds.1',
  });
  expect(
    await errorOf(resolver.other.review.dismissMany.mutate({ participantIds: [unlinked] })),
  ).toMatchObject({
    code: 'participant_not_found',
  });
  expect((await acme.linkOf(bo)).dismissed).toBe(false);
  expect(await dismissMany.mutate({ participantIds: [linked, unlinked] })).toMatchObject({ dismissed: 1 });
  expect(await dismissMany.mutate({ participantIds: [] })).toEqual({ dismissed: 0, eventIds: [] });
});

test('words about one participant are undone newest first, in whichever order they are named', async () => {
  await acme.upsert('93', { email: ana });
  await acme.upsert('94', {});
  await acme.receive({ id: 'a@x' });
  const { id: participantId } = await acme.linkOf(ana);
  const { link, unlink, undoMany } = resolver.acme.participants;
  const { eventId: first } = await link.mutate({ participantId, recordId: '94' });
  const { eventId: second } = await unlink.mutate({ participantId });
  const eventIds = [first ?? '', second ?? '', first ?? ''];
  expect(await undoMany.mutate({ eventIds })).toMatchObject({ undone: 2 });
  expect(await acme.linkOf(ana)).toMatchObject({ recordId: '93', method: 'email_webhook' });
  await acme.holds();
});

test('one entry that cannot be undone keeps all of them, and is named', async () => {
  await acme.upsert('93', {});
  await acme.receive({ id: 'a@x' }, { id: 'b@x', from: bo });
  const { linkMany, undoMany, undo } = resolver.acme.participants;
  const links = await Promise.all(
    [ana, bo].map(async (value) => ({ participantId: (await acme.linkOf(value)).id, recordId: '93' })),
  );
  const { eventIds } = await linkMany.mutate({ links });
  const [first = '', second = ''] = eventIds;
  await undo.mutate({ eventId: first });
  const before = await entries();
  const refused = (named: string[]) => errorOf(undoMany.mutate({ eventIds: named }));
  expect(await refused([second, first])).toMatchObject({ code: 'already_undone', field: 'eventIds.1' });
  for (const unknown of ['999999', 'x', '1e3']) {
    expect(await refused([second, unknown])).toMatchObject({ code: 'event_not_found', field: 'eventIds.1' });
  }
  expect(await entries()).toEqual(before);
  expect(await acme.linkOf(bo)).toMatchObject({ recordId: '93' });
  expect(await errorOf(resolver.other.participants.undoMany.mutate({ eventIds: [second] }))).toMatchObject({
    code: 'event_not_found',
  });
});

test('what followed from an entry goes with it, also where both are named', async () => {
  await acme.upsert('93', { email: ana });
  await acme.upsert('94', {});
  await acme.receive({ id: 'a@x' });
  const merged = await resolver.acme.records.merge.mutate({ recordId: '93', intoRecordId: '94' });
  const followed = await acme.newestEntry(ana);
  expect(await errorOf(acme.undo(followed))).toMatchObject({ code: 'undo_conflict' });
  const eventIds = [merged.eventId ?? '', followed];
  expect(await resolver.acme.participants.undoMany.mutate({ eventIds })).toMatchObject({ undone: 1 });
  expect(await acme.linkOf(ana)).toMatchObject({ recordId: '93' });
  await acme.holds();
});
