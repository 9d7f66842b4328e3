import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SignedRequest } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import { findShared } from '../test/shared-files.ts';
import { verifyUnipile } from './verify.ts';

const now = 1_780_000_010_000;
const body = Buffer.from(
  '{"object":"Event","type":"message.new","account_id":"acc_01","payload":{"id":"m1"}}',
);
const v1 = { apiVersion: 'v1', webhookSecret: 'a v1 sécret' } as const;
const v2 = { apiVersion: 'v2', webhookSecret: 'whsec_test' } as const;

const sign = (secret: string, timestamp: string, bytes: Uint8Array = body): string =>
  createHmac('sha256', secret).update(`${timestamp}.`).update(bytes).digest('hex');
const signedAt = (timestamp: string): string => `t=${timestamp},v0=${sign(v2.webhookSecret, timestamp)}`;
const requestOf = (headers: SignedRequest['headers'], bytes: Uint8Array = body, at = now): SignedRequest => ({
  headers,
  url: '/webhooks/unipile/sales',
  publicUrls: () => [],
  body: bytes,
  now: at,
});
const verifyV2 = (header: string, bytes?: Uint8Array, at?: number) =>
  verifyUnipile(requestOf({ 'unipile-signature': header }, bytes, at), v2);

describe('a v1 webhook', () => {
  test('proves itself by the secret in its header, and by nothing else', async () => {
    const verify = (header: string | undefined) => verifyUnipile(requestOf({ 'unipile-auth': header }), v1);
    expect(await verify(v1.webhookSecret)).toBe('valid');
    for (const wrong of [undefined, '', 'a v1 s\u00e9cret ', 'A v1 sécret', v1.webhookSecret.slice(1), 'x']) {
      expect(await verify(wrong), String(wrong)).toBe('invalid');
    }
  });

  test('is refused by a v2 account, even with its secret in the header; and the other way round', async () => {
    expect(await verifyUnipile(requestOf({ 'unipile-auth': v2.webhookSecret }), v2)).toBe('invalid');
    const header = `t=1780000000,v0=${sign(v1.webhookSecret, '1780000000')}`;
    expect(await verifyUnipile(requestOf({ 'unipile-signature': header }), v1)).toBe('invalid');
  });
});

describe('a v2 webhook', () => {
  test('is valid for five minutes either way', async () => {
    const timestamp = String(now / 1000);
    for (const [offset, verdict] of [
      [0, 'valid'],
      [300, 'valid'],
      [-300, 'valid'],
      [301, 'invalid'],
      [-301, 'invalid'],
    ] as const) {
      expect(await verifyV2(signedAt(timestamp), body, now + offset * 1000), String(offset)).toBe(verdict);
    }
  });

  test('may carry the signatures of two secrets while one is being changed', async () => {
    const timestamp = '1780000000';
    const other = sign('the old secret', timestamp);
    const right = sign(v2.webhookSecret, timestamp);
    expect(await verifyV2(`t=${timestamp},v0=${other},v0=${right}`)).toBe('valid');
    expect(await verifyV2(`t=${timestamp}, v0=${right}, v1=whatever`)).toBe('valid');
    expect(await verifyV2(`t=${timestamp},v0=${other},v0=${other}`)).toBe('invalid');
  });

  test('with a second timestamp, another scheme, or a signature written otherwise is refused', async () => {
    const timestamp = '1780000000';
    const right = sign(v2.webhookSecret, timestamp);
    const wrong = [
      '',
      `t=${timestamp}`,
      `v0=${right}`,
      `t=${timestamp},t=1780000001,v0=${right}`,
      `t=${timestamp},v1=${right}`,
      `t=${timestamp},v0=${right.toUpperCase()}`,
      `t=${timestamp},v0=${right}0`,
      `t=${timestamp},v0=${right.slice(2)}`,
      `t=${timestamp}.0,v0=${sign(v2.webhookSecret, `${timestamp}.0`)}`,
      `t=1e9,v0=${sign(v2.webhookSecret, '1e9')}`,
      `t=${timestamp},${'v0=x,'.repeat(100_000)}v0=${right}`,
    ];
    for (const header of wrong) expect(await verifyV2(header), header.slice(0, 100)).toBe('invalid');
  });

  test('is refused when any byte of the header or the body was changed', async () => {
    const header = signedAt('1780000000');
    expect(await verifyV2(header)).toBe('valid');
    for (let at = 0; at < header.length; at += 1) {
      for (const character of ['0', 'f', 'X', ',', '=']) {
        if (header[at] === character) continue;
        const changed = header.slice(0, at) + character + header.slice(at + 1);
        expect(await verifyV2(changed), changed).toBe('invalid');
      }
    }
    for (let at = 0; at < body.length; at += 1) {
      const changed = Buffer.from(body);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await verifyV2(header, changed)).toBe('invalid');
    }
    expect(await verifyV2(header, body.subarray(0, -1))).toBe('invalid');
  });
});

describe('the recorded vectors', () => {
  const vectors = findShared('corpora/vectors/unipile-signature.json');
  test.skipIf(!vectors.isPresent)('are judged as they say', async () => {
    const { v2: given } = JSON.parse(readFileSync(vectors.path, 'utf8')) as {
      v2: { secret: string; vectors: { header: string; body: string; now: number; valid: boolean }[] };
    };
    expect(given.vectors.length).toBeGreaterThan(0);
    for (const vector of given.vectors) {
      const request = requestOf(
        { 'unipile-signature': vector.header },
        Buffer.from(vector.body),
        vector.now * 1000,
      );
      const verdict = await verifyUnipile(request, { apiVersion: 'v2', webhookSecret: given.secret });
      expect(verdict).toBe(vector.valid ? 'valid' : 'invalid');
    }
  });
});
