/* The histories of Nylas and Unipile, over their APIs in miniature, which go wrong as the real ones do. */
import { openEgress } from '@kith/ingest/testing';
import { type HowWrong, type Mail, openProviderHost, type ProviderHost } from '@kith/sandbox';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mountAccount, pageOf, questionOf, readBodies, walkHistory } from '../test/account.ts';

const mailsOf = (count: number, prefix: string): Mail[] =>
  Array.from({ length: count }, (_, index) => ({
    messageId: `${prefix}${index}@lima.example`,
    date: new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString(),
    from: { name: null, address: index % 10 === 0 ? 'Ana@lima.example' : 'tom@other.example' },
    to: [{ name: null, address: 'support@acme.example' }],
    subject: `${prefix} ${index}`,
    text: 'Hello',
  }));

const people = Array.from({ length: 30 }, (_, index) => `nobody${index}@other.example`);
const identifiers = [...people, 'ana@lima.example'].map((value) => ({ kind: 'email' as const, value }));
const minute = (index: number): string => new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString();

describe.each([
  ['nylas', 'nylas', { webhookSecret: 's' }, { grantId: 'one' }, /\/messages\?/],
  ['unipile v1', 'unipile', { webhookSecret: 's', apiVersion: 'v1' }, {}, /\/emails\?/],
  ['unipile v2', 'unipile', { webhookSecret: 's', apiVersion: 'v2' }, {}, /\/emails\?/],
  [
    'unipile v2, counted',
    'unipile',
    { webhookSecret: 's', apiVersion: 'v2' },
    { unipileAccountId: 'a3' },
    /\/emails\?/,
  ],
])('the history of %s', (name, provider, secrets, given, match) => {
  let host: ProviderHost;
  let egress: ReturnType<typeof openEgress>;

  beforeAll(async () => {
    host = await openProviderHost({ unipile: { apiKey: 'key' }, nylas: { apiKey: 'key' } });
    egress = openEgress({ allowed: [new URL(host.url).host] });
    const mails = mailsOf(120, 'one');
    host.tellNylas({ grantId: 'one' }, { mails });
    host.tellUnipile({ apiVersion: 'v1', accountId: 'a1', network: 'GOOGLE' }, { mails });
    if (name !== 'unipile v2, counted')
      host.tellUnipile({ apiVersion: 'v2', accountId: 'a2', network: 'GOOGLE' }, { mails });
    else
      host.tellUnipile({ apiVersion: 'v2', accountId: 'a3', network: 'GOOGLE', paging: 'offset' }, { mails });
  });
  beforeEach(() => host.behave());
  afterAll(async () => {
    await egress?.close();
    await host?.[Symbol.asyncDispose]();
  });

  const guard = (access: object = { apiKey: 'key', baseUrl: host.url }) =>
    mountAccount(provider, { ...secrets, ...access }, egress);
  const question = (asked: Parameters<typeof questionOf>[0] = {}) =>
    questionOf({ settings: given, ...asked });
  const subjectsOf = async (asked: ReturnType<typeof question>) => {
    const { bodies } = await walkHistory(guard(), asked);
    return (await readBodies(bodies)).map((item) => (item.kind === 'message' ? item.subject : item.kind));
  };

  test('is all of it, newest first, and goes on from any cursor', async () => {
    const all = await subjectsOf(question());
    expect(all).toEqual(Array.from({ length: 120 }, (_, index) => `one ${119 - index}`));
    const { cursors } = await walkHistory(guard(), question());
    expect(cursors.length).toBeGreaterThanOrEqual(3);
    expect(await subjectsOf(question({ cursor: cursors[1] ?? null }))).toEqual(all.slice(50));
  });

  test('is of some people, and of a time whose beginning is in it and whose end is not', async () => {
    const asked = question({ identifiers, since: minute(20), until: minute(50) });
    expect(await subjectsOf(asked)).toEqual(['one 40', 'one 30', 'one 20']);
    const phone = question({ identifiers: [{ kind: 'phone', value: '+5511987654321' }] });
    expect(await guard().fetchHistory(phone)).toMatchObject({ ended: 'failed', reason: 'no_identifiers' });
  });

  const wrong = (how: HowWrong) => host.misbehave({ match, how });

  test('is tried again where the answer is no answer', async () => {
    for (const status of [429, 408, 503]) {
      wrong({ answer: 'status', status, retryAfter: 7 });
      const thrown = { name: 'TryAgainLater', afterMs: 7_000 };
      await expect(guard().fetchHistory(question())).rejects.toMatchObject(thrown);
    }
    for (const answer of ['half', 'cut'] as const) {
      wrong({ answer });
      await expect(guard().fetchHistory(question())).rejects.toThrow();
    }
    expect(await pageOf(guard().fetchHistory(question()))).toMatchObject({ ended: 'page' });
  });

  test('says why it is not to be had', async () => {
    const failed = (reason: string) => ({ ended: 'failed', reason });
    expect(await guard({}).fetchHistory(question())).toMatchObject(failed('no_credentials'));
    const refused = { apiKey: 'other', baseUrl: host.url };
    expect(await guard(refused).fetchHistory(question())).toMatchObject(failed('credentials_refused'));
    wrong({ answer: 'status', status: 403 });
    expect(await guard().fetchHistory(question())).toMatchObject(failed('credentials_refused'));
    const unknown = question({ settings: { grantId: 'no', unipileAccountId: 'no' } });
    expect(await guard().fetchHistory(unknown)).toMatchObject(failed('not_found'));
    const inside = { apiKey: 'key', baseUrl: 'http://127.0.0.1:1' };
    expect(await guard(inside).fetchHistory(question())).toMatchObject(failed('not_found'));
  });

  test('begins anew where the cursor is not known any more', async () => {
    expect(await guard().fetchHistory(question({ cursor: 'x' }))).toEqual({ ended: 'cursor_expired' });
    if (name === 'unipile v2, counted') return;
    const { next } = await pageOf(guard().fetchHistory(question()));
    wrong({ answer: 'cursor_expired' });
    expect(await guard().fetchHistory(question({ cursor: next }))).toEqual({ ended: 'cursor_expired' });
  });
});

test('the history of a Nylas application is that of every valid grant, and of those alone that the account names', async () => {
  await using host = await openProviderHost({ nylas: { apiKey: 'key' } });
  const egress = openEgress({ allowed: [new URL(host.url).host] });
  for (const grantId of ['b', 'c', 'a']) host.tellNylas({ grantId }, { mails: mailsOf(1, grantId) });
  host.tellNylas({ grantId: 'd', status: 'invalid' }, { mails: mailsOf(1, 'd') });
  const guard = mountAccount('nylas', { webhookSecret: 's', apiKey: 'key', baseUrl: host.url }, egress);
  const subjectsOf = async (settings: Record<string, unknown>) => {
    const { bodies } = await walkHistory(guard, questionOf({ settings, identifiers }));
    return (await readBodies(bodies)).map((item) => (item.kind === 'message' ? item.subject : item.kind));
  };
  expect(await subjectsOf({})).toEqual(['a 0', 'b 0', 'c 0']);
  expect(await subjectsOf({ grantIds: ['c', 'b'] })).toEqual(['b 0', 'c 0']);
  await egress.close();
});
