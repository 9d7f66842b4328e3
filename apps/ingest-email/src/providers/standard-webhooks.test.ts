import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SignedRequest } from '@kith/ingest/provider';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { findShared } from '../../test/shared-files.ts';
import { verifyStandardWebhook } from './standard-webhooks.ts';

const now = Date.parse('2026-11-22T16:59:00.000Z');
const seconds = now / 1000;
const secret = 'whsec_c2VjcmV0LXNlY3JldC1zZWNyZXQ=';
const body = Buffer.from([0x48, 0xff, 0x00, 0xe1]);

function signatureOf(key: Buffer, timestamp: string | number, signed: Uint8Array = body): string {
  return `v1,${createHmac('sha256', key).update(`m1.${timestamp}.`).update(signed).digest('base64')}`;
}

const requestOf = (headers: Record<string, string>, signed: Uint8Array, at = now): SignedRequest => ({
  headers,
  url: '/',
  publicUrls: () => [],
  body: signed,
  now: at,
});

function verify(given: {
  timestamp?: string | number;
  signature: string;
  secret?: string;
  body?: Uint8Array;
}) {
  const headers = {
    'webhook-id': 'm1',
    'webhook-timestamp': String(given.timestamp ?? seconds),
    'webhook-signature': given.signature,
  };
  return verifyStandardWebhook(requestOf(headers, given.body ?? body), given.secret ?? secret);
}

const key = Buffer.from('c2VjcmV0LXNlY3JldC1zZWNyZXQ=', 'base64');

describe('a Standard Webhooks signature', () => {
  test('is over the raw bytes, also when they are not UTF-8', async () => {
    expect(await verify({ signature: signatureOf(key, seconds) })).toBe('valid');
    expect(await verify({ signature: signatureOf(key, seconds), body: Buffer.from('other') })).toBe(
      'invalid',
    );
  });

  test('may be any of several', async () => {
    const signature = `v1,AAAA v1a,xyz ${signatureOf(key, seconds)}`;
    expect(await verify({ signature })).toBe('valid');
    expect(await verify({ signature: 'v1,AAAA v1,BBBB' })).toBe('invalid');
  });

  test.each([
    [-301, 'invalid'],
    [-300, 'valid'],
    [300, 'valid'],
    [301, 'invalid'],
  ])('made %i seconds from now is %s', async (offset, verdict) => {
    const timestamp = seconds + offset;
    expect(await verify({ timestamp, signature: signatureOf(key, timestamp) })).toBe(verdict);
  });

  test.each(['', 'soon', '1e9', '-5', `${seconds}.5`])(
    'with the timestamp %j is invalid',
    async (timestamp) => {
      expect(await verify({ timestamp, signature: signatureOf(key, timestamp) })).toBe('invalid');
    },
  );

  test('may be made with a secret that is plain text or plain base64', async () => {
    const plain = 'correct horse battery staple';
    expect(await verify({ secret: plain, signature: signatureOf(Buffer.from(plain), seconds) })).toBe(
      'valid',
    );
    const base64 = secret.slice('whsec_'.length);
    expect(await verify({ secret: base64, signature: signatureOf(key, seconds) })).toBe('valid');
    expect(await verify({ secret: base64, signature: signatureOf(Buffer.from(base64), seconds) })).toBe(
      'valid',
    );
  });

  test('is invalid without its headers', async () => {
    expect(await verifyStandardWebhook(requestOf({}, body), secret)).toBe('invalid');
  });
});

const vectorsFile = findShared('corpora/vectors/standard-webhooks.json');
const Vectors = z.object({
  secret: z.string(),
  vectors: z.array(
    z.object({
      id: z.string(),
      timestamp: z.string(),
      body: z.string(),
      header: z.string(),
      valid: z.boolean(),
    }),
  ),
});

test.runIf(vectorsFile.isPresent)('the published vectors verify as they say', async () => {
  const published = Vectors.parse(JSON.parse(readFileSync(vectorsFile.path, 'utf8')));
  for (const vector of published.vectors) {
    const headers = {
      'webhook-id': vector.id,
      'webhook-timestamp': vector.timestamp,
      'webhook-signature': vector.header,
    };
    const request = requestOf(headers, Buffer.from(vector.body), Number(vector.timestamp) * 1000);
    expect(await verifyStandardWebhook(request, published.secret)).toBe(vector.valid ? 'valid' : 'invalid');
  }
});
