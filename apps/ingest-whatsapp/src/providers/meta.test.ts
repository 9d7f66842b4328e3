import { createHmac } from 'node:crypto';
import type { SignedRequest } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { fixturesOf } from '../../test/bodies.ts';
import { noNetwork } from '../../test/no-network.ts';
import { findShared, sharedJson } from '../../test/shared-files.ts';
import { meta } from './meta.ts';

const secrets = { appSecret: 'an app secret', verifyToken: 'a verify token' };
const body = fixturesOf('meta').get('text') ?? Buffer.alloc(0);
const signatureOf = (bytes: Uint8Array, secret = secrets.appSecret): string =>
  `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`;

const verify = async (
  headers: SignedRequest['headers'],
  bytes: Uint8Array,
  appSecret = secrets.appSecret,
) => {
  const guard = meta.guard({ ...secrets, appSecret }, noNetwork);
  const request = { headers, url: '/webhooks/meta/support', publicUrls: () => [], body: bytes, now: 0 };
  return guard?.verify(request);
};

describe('the signature of Meta', () => {
  test('is over the bytes as they came', async () => {
    expect(await verify({ 'x-hub-signature-256': signatureOf(body) }, body)).toBe('valid');
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(body.toString())));
    expect(await verify({ 'x-hub-signature-256': signatureOf(body) }, rewritten)).toBe('invalid');
  });

  test('fits with none of its characters changed, and with none added or taken', async () => {
    const signature = signatureOf(body);
    const changed = Array.from(signature).flatMap((_, at) => {
      const [before, after] = [signature.slice(0, at), signature.slice(at + 1)];
      return ['0', 'f', 'F', ' '].map((other) => before + other + after).concat(before + after);
    });
    for (const given of [...changed, `${signature}0`, ` ${signature}`, `${signature}, ${signature}`]) {
      if (given === signature) continue;
      expect(await verify({ 'x-hub-signature-256': given }, body), given).toBe('invalid');
    }
  });

  test('fits no body of which one bit differs', async () => {
    const headers = { 'x-hub-signature-256': signatureOf(body) };
    for (let at = 0; at < body.byteLength; at += 1) {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      expect(await verify(headers, changed), `byte ${at}`).toBe('invalid');
    }
  });

  test.each([
    ['missing', {}],
    ['empty', { 'x-hub-signature-256': '' }],
    ['in upper case', { 'x-hub-signature-256': `sha256=${signatureOf(body).slice(7).toUpperCase()}` }],
    ['without its name', { 'x-hub-signature-256': signatureOf(body).slice(7) }],
    [
      'the old one',
      { 'x-hub-signature': `sha1=${createHmac('sha1', secrets.appSecret).update(body).digest('hex')}` },
    ],
    ["another app's", { 'x-hub-signature-256': signatureOf(body, 'another') }],
  ])('that is %s is refused', async (_, headers) => {
    expect(await verify(headers, body)).toBe('invalid');
  });
});

interface Vectors {
  app_secret: string;
  vectors: { name: string; body: string; header: string; valid: boolean | 'policy' }[];
}

const found = findShared('corpora/vectors/meta-x-hub-signature-256.json');
const { app_secret, vectors } = sharedJson<Vectors>(found, { app_secret: '', vectors: [] });

describe.runIf(found.isPresent)('the signature vectors', () => {
  test.each(vectors)('$name', async ({ body: text, header, valid }) => {
    const name = header.startsWith('sha1=') ? 'x-hub-signature' : 'x-hub-signature-256';
    // What the vectors leave to us: upper case is refused.
    const expected = valid === true ? 'valid' : 'invalid';
    expect(await verify({ [name]: header }, Buffer.from(text), app_secret)).toBe(expected);
  });
});

describe('the handshake of Meta', () => {
  const answer = (query: Record<string, string>) =>
    meta.guard(secrets, noNetwork)?.handshake(new URLSearchParams(query));
  const asked = {
    'hub.mode': 'subscribe',
    'hub.verify_token': 'a verify token',
    'hub.challenge': '1158201444',
  };

  test('answers the challenge to who knows the token', () => {
    expect(answer(asked)).toBe('1158201444');
  });

  test.each([
    ['another token', { ...asked, 'hub.verify_token': 'a verify tokeN' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }],
    ['another mode', { ...asked, 'hub.mode': 'unsubscribe' }],
    ['no challenge', { 'hub.mode': 'subscribe', 'hub.verify_token': 'a verify token' }],
    ['nothing', {}],
  ])('answers nothing to %s', (_, query) => {
    expect(answer(query)).toBeNull();
  });
});

test('secrets of another form are not taken', () => {
  expect(meta.guard({ appSecret: 'x' }, noNetwork)).toBeNull();
  expect(
    meta.guard({ ...secrets, accessToken: 't', baseUrl: 'https://graph.example' }, noNetwork),
  ).not.toBeNull();
});

test('only JSON is accepted', () => {
  expect(meta.accepts('application/json')).toBe(true);
  for (const type of [null, 'text/plain', 'application/x-www-form-urlencoded'])
    expect(meta.accepts(type)).toBe(false);
});
