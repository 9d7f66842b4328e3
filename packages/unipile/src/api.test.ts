import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Egress } from '@kith/ingest/egress';
import { retryAfterMs } from '@kith/ingest/fetch-file';
import { describe, expect, test } from 'vitest';
import { findUnipileAccount } from './account.ts';
import { createUnipileApi } from './api.ts';

const egress: Egress = {
  routeTo: () => {
    throw new Error('only HTTP in this test');
  },
  get: async ({ url, headers = {} }) => {
    const response = await fetch(url, { headers });
    const body = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  },
};

/** Unipile's API on this machine, with these answers by path and query, and what it was asked. */
async function openApi(apiVersion: 'v1' | 'v2', answers: Record<string, object | [status: number, object]>) {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push(req.url ?? '');
    const answer = answers[req.url ?? ''] ?? [404, { type: 'errors/resource_not_found' }];
    const [status, body] = Array.isArray(answer) ? answer : [200, answer];
    res.writeHead(status).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const secrets = { apiVersion, webhookSecret: 'x', apiKey: 'key', baseUrl };
  return {
    asked,
    api: createUnipileApi({ secrets, egress }),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe('a list', () => {
  test('of v1 ends where there is no cursor, however short a page is', async () => {
    await using unipile = await openApi('v1', {
      '/api/v1/chats?limit=9': { items: [], cursor: 'a b' },
      '/api/v1/chats?limit=9&cursor=a+b': { items: [{ id: '1' }], cursor: null },
    });
    const first = await unipile.api.list(['chats'], { limit: 9 }, null);
    expect(first).toMatchObject({ items: [], next: expect.any(String) });
    const next = first.ended === 'listed' ? first.next : null;
    expect(await unipile.api.list(['chats'], { limit: 9 }, next)).toMatchObject({ next: null });
  });

  test('of v2 that is counted goes on behind a short page, and ends with an empty or a repeated one', async () => {
    const page = (id: string) => ({ data: [{ id }] });
    await using unipile = await openApi('v2', {
      '/v2/a/chats': page('1'),
      '/v2/a/chats?offset=1': page('2'),
      '/v2/a/chats?offset=2': { data: [] },
      '/v2/b/chats': page('1'),
      '/v2/b/chats?offset=1': page('1'),
      '/v2/c/chats': { ...page('1'), next_cursor: null },
    });
    const walk = async (account: string): Promise<number> => {
      let from: string | null = null;
      for (let pages = 1; ; pages += 1) {
        const list = await unipile.api.list([account, 'chats'], {}, from);
        if (list.ended !== 'listed' || list.next === null) return pages;
        from = list.next;
      }
    };
    expect([await walk('a'), await walk('b'), await walk('c')]).toEqual([3, 2, 1]);
  });

  test('is none where the answer has no list, or an id leads out of the path', async () => {
    await using unipile = await openApi('v1', { '/api/v1/chats': { data: [] } });
    await expect(unipile.api.list(['chats'], {}, null)).rejects.toThrow('no list in "items"');
    expect(await unipile.api.get(['chats', '..', 'messages'])).toMatchObject({ reason: 'not_found' });
    expect(unipile.asked).toHaveLength(1);
  });
});

describe('the account at Unipile', () => {
  const whatsapp = { object: 'Account', id: 'w1', type: 'WHATSAPP' };
  const find = (api: Parameters<typeof findUnipileAccount>[0], settings = {}) =>
    findUnipileAccount(api, { settings, types: ['WHATSAPP'] });

  test('is the only one of its kind, or the one that the settings name', async () => {
    const other = { ...whatsapp, id: 'l1', type: 'LINKEDIN' };
    await using unipile = await openApi('v1', {
      '/api/v1/accounts?limit=100': { items: [other], cursor: 'c' },
      '/api/v1/accounts?limit=100&cursor=c': { items: [whatsapp], cursor: null },
      '/api/v1/accounts/w2': { ...whatsapp, id: 'w2' },
    });
    expect(await find(unipile.api)).toMatchObject({ ended: 'found', id: 'w1' });
    expect(await find(unipile.api, { unipileAccountId: 'w2' })).toMatchObject({ ended: 'found', id: 'w2' });
    const unknown = await find(unipile.api, { unipileAccountId: 'w3' });
    expect(unknown).toMatchObject({
      reason: 'not_found',
      detail: expect.stringContaining('unipileAccountId'),
    });
  });

  test('has to be named where there are several, and is none where there is none', async () => {
    const account = (id: string, provider: string) => ({ object: 'Account', id, provider });
    const data = [account('acc_1', 'whatsapp'), account('acc_2', 'whatsapp')];
    await using unipile = await openApi('v2', { '/v2/accounts/?limit=100': { data, total_count: 2 } });
    expect(await find(unipile.api)).toMatchObject({
      reason: 'not_found',
      detail: expect.stringContaining('settings.unipileAccountId'),
    });
    const linkedin = { settings: {}, types: ['LINKEDIN'] };
    expect(await findUnipileAccount(unipile.api, linkedin)).toMatchObject({ reason: 'not_found' });
  });
});

test('Retry-After is seconds or a date, and nothing else', () => {
  const now = Date.UTC(2026, 10, 22, 16, 58, 30);
  const read = (value?: string) => retryAfterMs(value, now);
  expect([read('30'), read(' 0 '), read('Sun, 22 Nov 2026 16:59:00 GMT')]).toEqual([30_000, 0, 30_000]);
  expect(read('Sun, 22 Nov 2026 16:00:00 GMT')).toBe(0);
  expect([read(), read(''), read('-1'), read('soon'), read('2026')]).toEqual([
    null,
    null,
    null,
    null,
    2_026_000,
  ]);
});
