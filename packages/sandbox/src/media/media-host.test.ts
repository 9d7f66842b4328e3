import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openMediaHost } from './media-host.ts';

const jpeg = { type: 'image/jpeg', content: Buffer.from([0xff, 0xd8, 0xff, 0xd9]) };
const mediaId = '3981930321553766';
const bearer = { authorization: 'Bearer token' };
const host = () =>
  openMediaHost({
    meta: { accessToken: 'token' },
    unipile: { apiKey: 'key' },
    twilio: { accountSid: 'AC1', authToken: 'secret' },
    nylas: { apiKey: 'nylas' },
  });
const bytesAt = async (url: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url, { headers });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    bytes: Buffer.from(await response.arrayBuffer()),
  };
};
const fetched = { status: 200, type: jpeg.type, bytes: jpeg.content };

describe('Meta', () => {
  test('says where a file lies, and gives it there, both for the token', async () => {
    await using meta = await host();
    meta.addFile(mediaId, jpeg);
    const described = await fetch(`${meta.url}/v23.0/${mediaId}`, { headers: bearer });
    const description = (await described.json()) as { url: string };
    expect(description).toMatchObject({
      id: mediaId,
      mime_type: 'image/jpeg',
      file_size: 4,
      sha256: createHash('sha256').update(jpeg.content).digest('hex'),
      messaging_product: 'whatsapp',
    });
    expect(await bytesAt(description.url, bearer)).toEqual(fetched);
    expect((await bytesAt(description.url)).status).toBe(401);
    expect((await bytesAt(`${meta.url}/v23.0/${mediaId}`, { authorization: 'Bearer other' })).status).toBe(
      401,
    );
  });

  test('answers 400 to an id that it does not know', async () => {
    await using meta = await host();
    const response = await fetch(`${meta.url}/v23.0/1`, { headers: bearer });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: { code: 100, error_subcode: 33 } });
  });
});

describe('Unipile', () => {
  test.each([
    '/api/v1/messages/m1/attachments/att%2F1',
    '/v2/acc/chats/c1/messages/m1/attachments/att%2F1',
    '/api/v1/emails/e1/attachments/att%2F1',
    '/v2/acc/emails/e1/attachments/att%2F1',
  ])('gives a file at %s for the key', async (path) => {
    await using unipile = await host();
    unipile.addFile('att/1', jpeg);
    expect(await bytesAt(`${unipile.url}${path}`, { 'x-api-key': 'key' })).toEqual(fetched);
    expect((await bytesAt(`${unipile.url}${path}`)).status).toBe(401);
    const gone = path.replace('att%2F1', 'gone');
    expect((await bytesAt(`${unipile.url}${gone}`, { 'x-api-key': 'key' })).status).toBe(404);
  });

  test('gives a mail, in v1 with its header only where it is asked for', async () => {
    await using unipile = await host();
    unipile.addMessage('e1', { id: 'e1', headers: [{ name: 'Message-ID', value: '<a@b>' }] });
    const mailAt = async (path: string): Promise<unknown> => {
      const response = await fetch(`${unipile.url}${path}`, { headers: { 'x-api-key': 'key' } });
      return response.json();
    };
    expect(await mailAt('/api/v1/emails/e1')).not.toHaveProperty('headers');
    expect(await mailAt('/api/v1/emails/e1?include_headers=true')).toHaveProperty('headers');
    expect(await mailAt('/v2/acc/emails/e1')).toMatchObject({ id: 'e1', headers: [{ value: '<a@b>' }] });
  });
});

test('Twilio leads from its API, which takes credentials, to where a file lies open', async () => {
  await using twilio = await host();
  twilio.addFile('ME1', jpeg);
  const url = `${twilio.url}/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1`;
  const basic = { authorization: `Basic ${Buffer.from('AC1:secret').toString('base64')}` };
  const led = await fetch(url, { headers: basic, redirect: 'manual' });
  expect(led.status).toBe(307);
  expect(await bytesAt(led.headers.get('location') ?? '')).toEqual(fetched);
  expect(await bytesAt(url, basic)).toEqual(fetched);
  expect((await bytesAt(url)).status).toBe(401);
  expect((await bytesAt(url.replace('AC1', 'AC2'), basic)).status).toBe(401);
});

test('Nylas gives a message with its header only where it is asked for, and files', async () => {
  await using nylas = await host();
  nylas.addMessage('m1', { id: 'm1', headers: [{ name: 'Message-ID', value: '<a@b>' }] });
  nylas.addFile('a1', jpeg);
  const authorization = { authorization: 'Bearer nylas' };
  const grant = `${nylas.url}/v3/grants/g`;
  const messageAt = async (query: string): Promise<unknown> => {
    const response = await fetch(`${grant}/messages/m1${query}`, { headers: authorization });
    return response.json();
  };
  expect(await messageAt('?fields=include_headers')).toMatchObject({ data: { id: 'm1', headers: [{}] } });
  expect(await messageAt('')).not.toHaveProperty('data.headers');
  const file = `${grant}/attachments/a1/download?message_id=m1`;
  expect(await bytesAt(file, authorization)).toEqual(fetched);
  expect((await bytesAt(file)).status).toBe(401);
  expect((await bytesAt(`${grant}/attachments/a1/download`, authorization)).status).toBe(404);
});

describe('a host', () => {
  test('fails as it is told, so many times, and remembers what it answered', async () => {
    await using meta = await host();
    meta.addFile(mediaId, jpeg);
    meta.fail(mediaId, { status: 429, retryAfterSeconds: 7 });
    meta.fail(mediaId, { status: 500 }, 2);
    const path = `/v23.0/${mediaId}`;
    const first = await fetch(`${meta.url}${path}`, { headers: bearer });
    expect(first.headers.get('retry-after')).toBe('7');
    for (const status of [500, 500, 200]) {
      expect((await bytesAt(`${meta.url}${path}`, bearer)).status).toBe(status);
    }
    expect(meta.requests).toEqual([429, 500, 500, 200].map((status) => ({ path, status })));
  });

  test('refuses everybody of a provider whose credentials it was not given', async () => {
    await using bare = await openMediaHost();
    bare.addFile(mediaId, jpeg);
    expect(
      (await bytesAt(`${bare.url}/v23.0/${mediaId}`, { authorization: 'Bearer undefined' })).status,
    ).toBe(401);
  });

  test('tells when the bytes of files were fetched, not when they were described', async () => {
    await using meta = await host();
    meta.addFile(mediaId, jpeg);
    const both = meta.fetched([mediaId], AbortSignal.timeout(10_000));
    await bytesAt(`${meta.url}/v23.0/${mediaId}`, bearer);
    expect(await Promise.race([both.then(() => 'fetched'), Promise.resolve('not yet')])).toBe('not yet');
    await bytesAt(`${meta.url}/whatsapp_business/attachments/?mid=${mediaId}`, bearer);
    await both;
    await meta.fetched([mediaId], AbortSignal.timeout(10_000));
    await expect(meta.fetched(['another'], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  test('does not take a port that is in use', async () => {
    await using first = await host();
    const port = Number(new URL(first.url).port);
    await expect(openMediaHost({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
