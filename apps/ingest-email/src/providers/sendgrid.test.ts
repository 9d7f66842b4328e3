import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  itemsOf,
  json,
  multipart,
  oneByteChanges,
  type Posted,
  requestOf,
  sendgridHeaders,
} from '../../test/forms.ts';
import { networkOf } from '../../test/network.ts';
import { findShared } from '../../test/shared-files.ts';
import { createSendgrid } from './sendgrid.ts';

const now = Date.parse('2026-11-22T16:59:00.000Z');
const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
const egress = networkOf({});
const posted = multipart([{ name: 'text', value: Buffer.from([0x48, 0xff, 0x00]) }]);

const guardOf = (key: string, provider = createSendgrid()) => provider.guard({ publicKey: key }, { egress });
const open = (key = spki) => {
  const guard = guardOf(key);
  if (guard === null) throw new Error('the account was not mounted');
  return (body: Posted, headers: Record<string, string>, nowMs = now) =>
    guard.verify(requestOf(body, { headers, now: nowMs }));
};
const signed = sendgridHeaders(privateKey, posted.body, now);
const signatureHeader = 'x-twilio-email-event-webhook-signature';
const timestampHeader = 'x-twilio-email-event-webhook-timestamp';

describe('a request of SendGrid', () => {
  test('is valid when its signature covers its time and its raw bytes', async () => {
    expect(await open()(posted, signed)).toBe('valid');
    const pem = publicKey.export({ format: 'pem', type: 'spki' }).toString();
    expect(await open(pem)(posted, signed)).toBe('valid');
  });

  test('is invalid with any one byte changed', async () => {
    const verify = open();
    for (const body of oneByteChanges(posted.body)) {
      expect(await verify({ ...posted, body }, signed)).toBe('invalid');
    }
    for (const name of [signatureHeader, timestampHeader] as const) {
      for (const changed of oneByteChanges(Buffer.from(signed[name]))) {
        expect(await verify(posted, { ...signed, [name]: changed.toString('latin1') }), String(changed)).toBe(
          'invalid',
        );
      }
    }
  });

  test('is invalid with anything before or after, or without a header', async () => {
    const verify = open();
    const { [signatureHeader]: signature, [timestampHeader]: timestamp } = signed;
    for (const other of [`${signature}=`, `${signature} `, ` ${signature}`, 'AA==', '']) {
      expect(await verify(posted, { ...signed, [signatureHeader]: other }), other).toBe('invalid');
    }
    for (const other of [`${timestamp} `, `0${timestamp}`, `${timestamp}.0`, '', 'now']) {
      expect(await verify(posted, { ...signed, [timestampHeader]: other }), other).toBe('invalid');
    }
    expect(await verify(posted, { [signatureHeader]: signature })).toBe('invalid');
    expect(await verify(posted, { [timestampHeader]: timestamp })).toBe('invalid');
    for (const body of [
      Buffer.concat([posted.body, Buffer.from('\n')]),
      posted.body.subarray(1),
      Buffer.alloc(0),
    ]) {
      expect(await verify({ ...posted, body }, signed)).toBe('invalid');
    }
  });

  test('is invalid when another key signed it', async () => {
    const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(await open()(posted, sendgridHeaders(other.privateKey, posted.body, now))).toBe('invalid');
  });

  test.each([
    [-601_000, 'invalid'],
    [-600_000, 'valid'],
    [600_000, 'valid'],
    [601_000, 'invalid'],
  ])('whose signed time is %i ms from now is %s', async (offset, verdict) => {
    expect(await open()(posted, sendgridHeaders(privateKey, posted.body, now + offset))).toBe(verdict);
  });

  test('is valid again while SendGrid tries, when it came while its time was recent', async () => {
    const verify = open();
    const threeDays = 3 * 24 * 3_600_000;
    expect(await verify(posted, signed, now + threeDays)).toBe('invalid');
    expect(await verify(posted, signed)).toBe('valid');
    expect(await verify(posted, signed, now + threeDays)).toBe('valid');
    expect(await verify(posted, signed, now + 2 * threeDays)).toBe('invalid');
  });

  test('of 40 MB lets others have their turn while it is verified', async () => {
    const large = { ...posted, body: Buffer.alloc(40_000_000, 'file') };
    const verifying = Promise.resolve(open()(large, sendgridHeaders(privateKey, large.body, now)));
    let turns = 0;
    const counting = setInterval(() => (turns += 1), 0);
    expect(await verifying).toBe('valid');
    clearInterval(counting);
    expect(turns).toBeGreaterThan(3);
  });
});

test.each([
  ['no base64 of a key', 'MFkw'],
  ['no text of a key', 'hello'],
  ['a PEM of nothing', '-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----'],
  [
    'a key on another curve',
    generateKeyPairSync('ec', { namedCurve: 'P-384' })
      .publicKey.export({ format: 'pem', type: 'spki' })
      .toString(),
  ],
  [
    'a key of RSA',
    generateKeyPairSync('rsa', { modulusLength: 2048 })
      .publicKey.export({ format: 'pem', type: 'spki' })
      .toString(),
  ],
])('an account with %s is not mounted', (_, key) => {
  expect(guardOf(key)).toBeNull();
});

describe('events of SendGrid', () => {
  test('are ignored one by one', async () => {
    const events = json([
      { event: 'delivered', email: 'ana@lima.example' },
      { event: 'open' },
      { email: 'x' },
      3,
    ]);
    expect(await itemsOf(createSendgrid(), events)).toEqual([
      { kind: 'ignored', reason: 'not_a_conversation_event', detail: 'SendGrid event "delivered"' },
      { kind: 'ignored', reason: 'not_a_conversation_event', detail: 'SendGrid event "open"' },
      { kind: 'ignored', reason: 'unknown_event_type', detail: 'a SendGrid event without a name' },
      { kind: 'ignored', reason: 'unknown_event_type', detail: 'a SendGrid event without a name' },
    ]);
  });

  test.each([
    [json([]), { kind: 'ignored', reason: 'nothing_for_us' }],
    [json({ event: 'open' }), { kind: 'ignored', reason: 'not_a_conversation_event' }],
    [json('text'), { kind: 'unreadable', reason: 'not_a_message' }],
    [
      { ...json(0), body: Buffer.from('[{"event":') },
      { kind: 'unreadable', reason: 'not_a_message' },
    ],
  ])('that are something else are accounted for', async (body, item) => {
    expect(await itemsOf(createSendgrid(), body)).toMatchObject([item]);
  });
});

const vectorsFile = findShared('corpora/vectors/sendgrid-ecdsa.json');
const Vectors = z.object({
  vectors: z.array(
    z.object({
      public_key: z.string(),
      timestamp: z.string(),
      body: z.string(),
      signature: z.string(),
      valid: z.boolean(),
    }),
  ),
});

describe.runIf(vectorsFile.isPresent)('the published vectors', () => {
  const { vectors } = Vectors.parse(JSON.parse(readFileSync(vectorsFile.path, 'utf8')));
  const requestOfVector = ({ timestamp, body, signature }: (typeof vectors)[number]) => ({
    posted: { body: Buffer.from(body), contentType: 'application/json' },
    headers: { [timestampHeader]: timestamp, [signatureHeader]: signature },
    nowMs: Number(timestamp) * 1000,
  });

  test('verify as they say', async () => {
    for (const vector of vectors) {
      const request = requestOfVector(vector);
      const verdict = await open(vector.public_key)(request.posted, request.headers, request.nowMs);
      expect(verdict).toBe(vector.valid ? 'valid' : 'invalid');
    }
  });

  test('fail with any one byte changed', async () => {
    for (const vector of vectors.filter(({ valid }) => valid)) {
      const verify = open(vector.public_key);
      const { posted: whole, headers, nowMs } = requestOfVector(vector);
      for (const body of oneByteChanges(whole.body)) {
        expect(await verify({ ...whole, body }, headers, nowMs)).toBe('invalid');
      }
      for (const [name, value] of Object.entries(headers)) {
        for (const changed of oneByteChanges(Buffer.from(value))) {
          expect(await verify(whole, { ...headers, [name]: changed.toString('latin1') }, nowMs)).toBe(
            'invalid',
          );
        }
      }
    }
  });
});
