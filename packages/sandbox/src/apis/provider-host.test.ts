import { describe, expect, test } from 'vitest';
import { plain, withFiles } from '../../test/webhooks.ts';
import { openProviderHost } from './provider-host.ts';

const mailbox = { apiVersion: 'v1', accountId: 'mailbox', network: 'GOOGLE' } as const;
const counted = { ...mailbox, apiVersion: 'v2', accountId: 'counted', paging: 'offset' } as const;
const grant = { grantId: 'g1', email: 'support@acme.example' };

/** Twenty-five mails, the newest with files. */
const mails = Array.from({ length: 25 }, (_, index) => ({
  ...(index === 24 ? withFiles : plain),
  messageId: `m${index}@lima.example`,
  date: new Date(Date.UTC(2026, 10, 1, index)).toISOString(),
}));

async function openHost() {
  const host = await openProviderHost({ unipile: { apiKey: 'key' }, nylas: { apiKey: 'nylas' } });
  host.tellUnipile(mailbox, { mails });
  host.tellUnipile(counted, { mails });
  host.tellNylas(grant, { mails });
  const ask = (path: string, headers: Record<string, string> = { 'x-api-key': 'key' }) =>
    fetch(`${host.url}${path}`, { headers });
  const json = async (path: string, headers?: Record<string, string>) =>
    (await (await ask(path, headers)).json()) as {
      items: { id: string; body: string; body_plain: string; headers?: object }[];
      data: { id: string; subject: string }[];
      cursor: string | null;
      next_cursor?: string | null;
    };
  return { host, ask, json, [Symbol.asyncDispose]: () => host[Symbol.asyncDispose]() };
}
const bearer = { authorization: 'Bearer nylas' };

describe('lists of mails', () => {
  test('of Unipile v1 are walked by cursors, newest first, to their end', async () => {
    await using api = await openHost();
    const first = await api.json('/api/v1/emails?account_id=mailbox&limit=20');
    expect(first.items).toHaveLength(20);
    expect(first.items[0]).not.toHaveProperty('headers');
    const rest = await api.json(`/api/v1/emails?account_id=mailbox&limit=20&cursor=${first.cursor}`);
    expect(rest).toMatchObject({ object: 'EmailList', cursor: null });
    const ids = [...first.items, ...rest.items].map(({ id }) => id);
    expect(new Set(ids).size).toBe(25);
    const one = await api.json(`/api/v1/emails/${ids[0]}?include_headers=true`);
    expect(one).toMatchObject({ id: ids[0], headers: expect.arrayContaining([]) });
  });

  test('are of one person, and between times that are not in them', async () => {
    await using api = await openHost();
    const times = 'after=2026-11-01T03:00:00.000Z&before=2026-11-01T05:00:00.000Z';
    const path = '/api/v1/emails?account_id=mailbox';
    expect((await api.json(`${path}&any_email=X@y.example,ZOE@lima.example&${times}`)).items).toHaveLength(1);
    expect((await api.json(`${path}&any_email=nobody@y.example`)).items).toHaveLength(0);
    expect((await api.ask(`${path}&after=2026-11-01`)).status).toBe(400);
    expect((await api.ask(`${path}&limit=251`)).status).toBe(400);
    const seconds = Date.UTC(2026, 10, 1, 3) / 1000;
    const nylas = `/v3/grants/g1/messages?received_after=${seconds}&received_before=${seconds + 7200}`;
    expect((await api.json(nylas, bearer)).data).toHaveLength(1);
  });

  test('of Unipile v2 are counted where the network has no cursors, to an empty page', async () => {
    await using api = await openHost();
    const pages = [0, 20, 25].map((offset) => api.json(`/v2/counted/emails?limit=20&offset=${offset}`));
    const lengths = (await Promise.all(pages)).map(({ data }) => data.length);
    expect(lengths).toEqual([20, 5, 0]);
    expect(await api.json('/v2/counted/emails')).not.toHaveProperty('next_cursor');
  });

  test('of Nylas go on by page tokens, of which there is none behind the last', async () => {
    await using api = await openHost();
    const first = await api.json('/v3/grants/g1/messages?limit=20', bearer);
    const rest = await api.json(`/v3/grants/g1/messages?limit=20&page_token=${first.next_cursor}`, bearer);
    expect([first.data.length, rest.data.length, rest.next_cursor]).toEqual([20, 5, undefined]);
    expect((await api.json('/v3/grants', bearer)).data).toMatchObject([{ id: 'g1' }]);
    expect((await api.ask('/v3/grants/other/messages', bearer)).status).toBe(404);
    expect((await api.ask('/v3/grants/g1/messages?limit=201', bearer)).status).toBe(400);
  });

  test('are for those with the key', async () => {
    await using api = await openHost();
    expect((await api.ask('/api/v1/emails?account_id=mailbox', {})).status).toBe(401);
    expect((await api.ask('/v2/counted/emails', { 'x-api-key': 'other' })).status).toBe(401);
    expect((await api.ask('/v3/grants', {})).status).toBe(401);
    expect((await api.ask('/api/v1/emails?account_id=counted')).status).toBe(404);
  });
});

describe('misbehaviour', () => {
  const list = '/api/v1/emails?account_id=mailbox&limit=10';

  test('ends after so many requests, and is of those that match', async () => {
    await using api = await openHost();
    const date = 'Sun, 22 Nov 2026 16:59:00 GMT';
    api.host.misbehave({
      match: /emails/,
      how: { answer: 'status', status: 429, retryAfter: date },
      times: 2,
    });
    const answers = [
      await api.ask('/api/v1/accounts'),
      await api.ask(list),
      await api.ask(list),
      await api.ask(list),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 429, 429, 200]);
    expect(answers[1]?.headers.get('retry-after')).toBe(date);
    expect(api.host.requests.map(({ status }) => status)).toEqual([200, 429, 429, 200]);
  });

  test('breaks off the text, or the connection, and leaves ids out', async () => {
    await using api = await openHost();
    for (const answer of ['half', 'cut', 'without_ids'] as const) {
      api.host.misbehave({ match: /emails/, how: { answer } });
    }
    await expect(api.json(list)).rejects.toThrow(SyntaxError);
    await expect(api.json(list)).rejects.toThrow();
    const { items } = await api.json(list);
    expect(items[0]).not.toHaveProperty('id');
  });

  test('plays with cursors: a page twice, one that leads to itself, one that is forgotten each second time', async () => {
    await using api = await openHost();
    const { cursor } = await api.json(list);
    const behind = await api.json(`${list}&cursor=${cursor}`);
    api.host.misbehave({ match: /cursor=/, how: { answer: 'page_twice' } });
    const twice = await api.json(`${list}&cursor=${cursor}`);
    expect(twice.cursor).toBe(cursor);
    expect(twice.items).toEqual((await api.json(list)).items);
    expect(await api.json(`${list}&cursor=${twice.cursor}`)).toEqual(behind);
    api.host.misbehave({ match: /cursor=/, how: { answer: 'cursor_loop' } });
    expect((await api.json(`${list}&cursor=${cursor}`)).cursor).toBe(cursor);
    api.host.misbehave({ match: /cursor=/, how: { answer: 'cursor_expired' }, times: Infinity, every: 2 });
    const statuses = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await api.ask(`${list}&cursor=${cursor}`)).status);
    expect(statuses).toEqual([200, 400, 200, 400]);
    api.host.behave();
    expect((await api.ask(`${list}&cursor=${cursor}`)).status).toBe(200);
  });
});
