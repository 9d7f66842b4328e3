import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { arrived, mail, type MailWords } from '../../test/deliveries.ts';
import { clearAllButKeys, errorOf, openResolver, type TestResolver } from '../../test/resolver.ts';
import { stateOf } from '../../test/state.ts';
import { applyBatch } from '../apply/apply-batch.ts';

let resolver: TestResolver;
beforeAll(async () => {
  resolver = await openResolver();
});
afterAll(() => resolver[Symbol.asyncDispose]());

const at = '2026-03-02T09:00:00.000Z';
const contacts = { pipeline: 'contacts', fields: [{ key: 'email', type: 'email' as const }] };

beforeEach(async () => {
  await clearAllButKeys(resolver.db);
  await resolver.acme.pipelines.upsert.mutate(contacts);
});

const receive = (...mails: MailWords[]) =>
  resolver.db.write('acme', (tx) => applyBatch(tx, [arrived(mails.map(mail))], at));
const upsert = (recordId: string, email: unknown) =>
  resolver.acme.records.upsert.mutate({ pipeline: 'contacts', recordId, fields: { email } });

interface Link {
  id: string;
  status: string;
  recordId: string | null;
  method: string | null;
  confidence: number | null;
}

async function linkOf(identifier: string): Promise<Link> {
  const [link] = await resolver.db.rows<Link>(sql`
    select id, status, record_id as "recordId", method, confidence from participant
    where workspace_id = 'acme' and identifier = ${identifier}`);
  if (link === undefined) throw new Error(`no participant ${identifier}`);
  return link;
}

async function actionsOf(identifier: string): Promise<string[]> {
  const { id } = await linkOf(identifier);
  const rows = await resolver.db.rows<{ action: string }>(sql`
    select action || ' ' || coalesce(record_id, '-') || ' by ' || split_part(actor, ':', 1) as action
    from link_event where participant_id = ${id} order by id`);
  return rows.map(({ action }) => action);
}

test('a mail from an address that one record holds is linked by email_webhook with 0.95', async () => {
  await upsert('93', 'Ana@Lima.Example');
  await receive({ id: 'a@x' });
  expect(await linkOf('ana@lima.example')).toMatchObject({
    status: 'linked',
    recordId: '93',
    method: 'email_webhook',
    confidence: 0.95,
  });
  expect(await linkOf('support@acme.example')).toMatchObject({ status: 'unlinked', recordId: null });
});

test('a record upserted after its mail is linked at once, and brings every conversation of the participant', async () => {
  await receive({ id: 'a@x' }, { id: 'b@x', from: 'bob@x.example', cc: ['ana@lima.example'] });
  expect(await upsert('93', ['ana@lima.example', 'ana.lima@home.example'])).toEqual({
    recordId: '93',
    linked: 1,
  });
  expect(await linkOf('ana@lima.example')).toMatchObject({
    recordId: '93',
    method: 'record_identifier_match',
  });
  expect(await stateOf(resolver.db)).toMatchObject({
    participants: [{ identifier: 'ana@lima.example', conversations: 2 }, {}, {}],
    records: [{ record_id: '93', last_activity_at: '2026-03-01T10:00:00.000Z' }],
  });
});

test('an address that two records hold is ambiguous, and links when one of them gives it up', async () => {
  await upsert('93', 'ana@lima.example');
  await upsert('94', 'ana@lima.example');
  await receive({ id: 'a@x' });
  expect(await linkOf('ana@lima.example')).toMatchObject({ status: 'ambiguous', recordId: null });
  expect(await upsert('94', 'other@lima.example')).toEqual({ recordId: '94', linked: 0 });
  expect(await linkOf('ana@lima.example')).toMatchObject({ status: 'linked', recordId: '93' });
});

test('a link stays while its evidence holds and goes with it', async () => {
  await upsert('93', 'ana@lima.example');
  await receive({ id: 'a@x' });
  await upsert('94', 'ana@lima.example');
  expect(await linkOf('ana@lima.example')).toMatchObject({ status: 'linked', recordId: '93' });
  await upsert('93', 'new@lima.example');
  await upsert('94', null);
  expect(await linkOf('ana@lima.example')).toMatchObject({
    status: 'unlinked',
    recordId: null,
    confidence: null,
  });
  expect(await actionsOf('ana@lima.example')).toEqual([
    'linked 93 by rule',
    'contested 93 by key',
    'linked 94 by key',
    'unlinked - by key',
  ]);
});

test('a person links and unlinks, and no rule ever overrides either', async () => {
  await upsert('93', 'ana@lima.example');
  await upsert('95', 'someone@else.example');
  await receive({ id: 'a@x' });
  const { id } = await linkOf('ana@lima.example');
  expect(await resolver.acme.participants.unlink.mutate({ participantId: id })).toMatchObject({
    unlinked: true,
  });
  expect(await resolver.acme.participants.unlink.mutate({ participantId: id })).toEqual({
    unlinked: false,
    eventId: null,
  });
  await upsert('93', ['ana@lima.example', 'x@y.example']);
  await upsert('93', 'x@y.example');
  await upsert('93', 'ana@lima.example');
  await receive({ id: 'b@x' });
  expect(await linkOf('ana@lima.example')).toMatchObject({ status: 'unlinked', recordId: null });

  expect(await resolver.acme.participants.link.mutate({ participantId: id, recordId: '95' })).toMatchObject({
    linked: true,
  });
  expect(await resolver.acme.participants.link.mutate({ participantId: id, recordId: '95' })).toMatchObject({
    linked: false,
  });
  await receive({ id: 'c@x' });
  expect(await linkOf('ana@lima.example')).toMatchObject({
    recordId: '95',
    method: 'manual',
    confidence: 0.9,
  });
});

test('the own addresses of an account are internal, and ordinary again when the account gives them up', async () => {
  await upsert('93', 'support@acme.example');
  await receive({ id: 'a@x' });
  expect(await linkOf('support@acme.example')).toMatchObject({ status: 'linked' });
  const account = { accountId: 'support-mail', channel: 'email', provider: 'mime' } as const;
  const secrets = { token: 'a-long-token' };
  await resolver.acme.accounts.upsert.mutate({ ...account, identifiers: ['Support@Acme.Example'], secrets });
  expect(await linkOf('support@acme.example')).toMatchObject({ status: 'internal', recordId: null });
  const { id } = await linkOf('support@acme.example');
  expect(
    await errorOf(resolver.acme.participants.link.mutate({ participantId: id, recordId: '93' })),
  ).toMatchObject({
    code: 'participant_internal',
    field: 'participantId',
  });
  await resolver.acme.accounts.upsert.mutate({ ...account, identifiers: [] });
  expect(await linkOf('support@acme.example')).toMatchObject({ status: 'linked', recordId: '93' });
});

test('bad input is answered with a code and the field', async () => {
  await receive({ id: 'a@x' });
  const { id } = await linkOf('ana@lima.example');
  const { acme } = resolver;
  const link = (input: object) =>
    errorOf(acme.participants.link.mutate({ participantId: id, recordId: '93', ...input }));
  expect(await link({})).toMatchObject({ code: 'record_not_found', field: 'recordId' });
  expect(await link({ participantId: 'nonsense' })).toMatchObject({ code: 'participant_not_found' });
  expect(await link({ confidence: 1.5 })).toMatchObject({ code: 'bad_input', field: 'confidence' });
  expect(await link({ confidense: 1 })).toMatchObject({ code: 'bad_input', field: 'confidense' });
  expect(
    await errorOf(acme.records.upsert.mutate({ pipeline: 'none', recordId: '1', fields: {} })),
  ).toMatchObject({
    code: 'pipeline_not_found',
    field: 'pipeline',
  });
  expect(await errorOf(upsert('1', 'nul\u0000@x.example'))).toMatchObject({
    code: 'bad_input',
    field: 'fields.email',
  });
  const account = {
    accountId: 'm',
    channel: 'email',
    provider: 'mime',
    secrets: { password: 'hunter2' },
  } as const;
  const refused = await errorOf(acme.accounts.upsert.mutate(account));
  expect(refused).toMatchObject({ code: 'bad_input', field: 'secrets' });
  expect(refused.message).not.toContain('hunter2');
  expect(await errorOf(resolver.clientOf('kith_wrong').keys.create.mutate({ name: 'x' }))).toMatchObject({
    code: 'unauthorized',
  });
});

test('a deleted record matches nothing and cannot be linked', async () => {
  await upsert('93', 'ana@lima.example');
  await resolver.db.rows(sql`update record set deleted_at = now() where record_id = '93'`);
  await receive({ id: 'a@x' });
  const { id } = await linkOf('ana@lima.example');
  expect(await linkOf('ana@lima.example')).toMatchObject({ status: 'unlinked', recordId: null });
  const link = resolver.acme.participants.link.mutate({ participantId: id, recordId: '93' });
  expect(await errorOf(link)).toMatchObject({ code: 'record_deleted', field: 'recordId' });
});

test('a workspace cannot touch what belongs to another', async () => {
  await upsert('93', 'ana@lima.example');
  await receive({ id: 'a@x' });
  const { id } = await linkOf('ana@lima.example');
  const { other } = resolver;
  expect(await errorOf(other.participants.unlink.mutate({ participantId: id }))).toMatchObject({
    code: 'participant_not_found',
  });
  await other.pipelines.upsert.mutate(contacts);
  expect(
    await other.records.upsert.mutate({
      pipeline: 'contacts',
      recordId: '93',
      fields: { email: 'ana@lima.example' },
    }),
  ).toEqual({ recordId: '93', linked: 0 });
  expect(await linkOf('ana@lima.example')).toMatchObject({ status: 'linked', recordId: '93' });
});

test('a field that cannot be read is kept, with the reason why it identifies nothing', async () => {
  await upsert('93', ['not an address', 7]);
  const [record] = await resolver.db.rows(sql`select fields, unreadable from record where record_id = '93'`);
  expect(record).toEqual({
    fields: { email: ['not an address', 7] },
    unreadable: [
      { field: 'email', reason: 'holds no email address' },
      { field: 'email', reason: 'is neither a text nor a list of texts' },
    ],
  });
});

test('a record that gains an address and a mail from it, at the same moment, never miss each other', async () => {
  const rounds = Array.from({ length: 60 }, (_, round) => round);
  await Promise.all(
    rounds.map(async (round) => {
      const email = `race${round}@lima.example`;
      await Promise.all([upsert(`race-${round}`, email), receive({ id: `race${round}@x`, from: email })]);
    }),
  );
  const missed = await resolver.db.rows(sql`
    select identifier from participant where identifier like 'race%' and record_id is null`);
  expect(missed).toEqual([]);
});

test('batches that are applied at the same moment join their threads all the same', async () => {
  const chain = Array.from({ length: 40 }, (_, link) => link);
  await Promise.all(
    chain.map((link) => receive({ id: `link${link}@x`, refs: [`link${link + 1}@x`], text: `${link}` })),
  );
  const conversations = await resolver.db.rows(sql`select message_count from conversation`);
  expect(conversations).toEqual([{ message_count: 40 }]);
});
