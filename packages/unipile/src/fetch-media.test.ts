import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Egress } from '@kith/ingest/egress';
import { TryAgainLater } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { fetchUnipileMedia } from './fetch-media.ts';

const v1 = { apiVersion: 'v1', webhookSecret: 'x', apiKey: 'key' } as const;
const v2 = { ...v1, apiVersion: 'v2' } as const;
const locatorV1 = { version: 'v1', accountId: 'a', chatId: 'c', messageId: 'm/1', attachmentId: 'f=1' };
const locatorV2 = { ...locatorV1, version: 'v2', chatId: '1@lid' };

/** Unipile's API on this machine, with one answer to everything, and what it was asked. */
async function openApi(answer: { status: number; body: string; type?: string }) {
  const asked: string[] = [];
  const server = createServer((req, res) => {
    asked.push(`${req.url ?? ''} ${String(req.headers['x-api-key'])}`);
    res.writeHead(answer.status, { 'content-type': answer.type ?? 'text/plain' }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    asked,
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const onlyHttp: Egress['routeTo'] = () => {
  throw new Error('only HTTP in this test');
};

const egress: Egress = {
  routeTo: onlyHttp,
  get: async ({ url, headers = {} }) => {
    const response = await fetch(url, { headers });
    const body = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: Object.fromEntries(response.headers), body };
  },
};

describe('a file at Unipile', () => {
  test('is where each version has it, whatever its ids hold', async () => {
    await using api = await openApi({ status: 200, body: 'bytes', type: 'Image/PNG; x=1' });
    const { baseUrl } = api;
    const result = await fetchUnipileMedia(locatorV1, { ...v1, baseUrl: `${baseUrl}/` }, { egress });
    expect(result).toEqual({
      ended: 'fetched',
      bytes: new Uint8Array(Buffer.from('bytes')),
      type: 'image/png',
    });
    await fetchUnipileMedia(locatorV2, { ...v2, baseUrl }, { egress });
    expect(api.asked).toEqual([
      '/api/v1/messages/m%2F1/attachments/f%3D1 key',
      '/v2/a/chats/1%40lid/messages/m%2F1/attachments/f%3D1 key',
    ]);
  });

  test('of v2 has an address without being given one, of v1 it has none', async () => {
    const asked: string[] = [];
    const recording: Egress = {
      routeTo: onlyHttp,
      get: async ({ url }) => {
        asked.push(url);
        return { status: 404, headers: {}, body: new Uint8Array() };
      },
    };
    expect(await fetchUnipileMedia(locatorV2, v2, { egress: recording })).toMatchObject({
      failure: 'not_found',
    });
    expect(asked).toEqual(['https://api.unipile.com/v2/a/chats/1%40lid/messages/m%2F1/attachments/f%3D1']);
    expect(await fetchUnipileMedia(locatorV1, v1, { egress: recording })).toMatchObject({
      failure: 'no_credentials',
    });
    expect(asked).toHaveLength(1);
  });

  test('is not asked for without a key, or when it is known to be gone', async () => {
    await using api = await openApi({ status: 200, body: 'bytes' });
    const { baseUrl } = api;
    const { apiKey: _, ...withoutKey } = v1;
    expect(await fetchUnipileMedia(locatorV1, { ...withoutKey, baseUrl }, { egress })).toMatchObject({
      ended: 'failed',
      failure: 'no_credentials',
    });
    for (const ids of [{ attachmentId: '' }, { messageId: '..' }, { attachmentId: '.' }]) {
      expect(await fetchUnipileMedia({ ...locatorV1, ...ids }, { ...v1, baseUrl }, { egress })).toMatchObject(
        {
          failure: 'not_found',
        },
      );
    }
    expect(
      await fetchUnipileMedia({ ...locatorV2, chatId: '' }, { ...v2, baseUrl }, { egress }),
    ).toMatchObject({
      failure: 'not_found',
    });
    expect(api.asked).toEqual([]);
  });

  test('may be had later when Unipile is busy, and not when it refuses', async () => {
    for (const status of [429, 500, 503]) {
      await using api = await openApi({ status, body: '' });
      const fetching = fetchUnipileMedia(locatorV1, { ...v1, baseUrl: api.baseUrl }, { egress });
      await expect(fetching).rejects.toBeInstanceOf(TryAgainLater);
    }
    await using api = await openApi({ status: 401, body: '' });
    expect(await fetchUnipileMedia(locatorV1, { ...v1, baseUrl: api.baseUrl }, { egress })).toMatchObject({
      failure: 'refused',
    });
  });
});
