import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import {
  fieldsOf,
  json,
  mailgunSignature,
  multipart,
  oneByteChanges,
  type Posted,
  requestOf,
  urlencoded,
} from '../../test/forms.ts';
import { findShared } from '../../test/shared-files.ts';
import { createMailgunVerifier } from './mailgun-verify.ts';

const now = Date.parse('2026-11-22T16:59:00.000Z');
const signingKey = 'key-of-support';
const minute = 60_000;

const open = (key = signingKey) => {
  const verify = createMailgunVerifier();
  return (posted: Posted, nowMs = now) => verify(requestOf(posted, { now: nowMs }), key);
};
const signedAt = (nowMs = now, token?: string) => mailgunSignature(signingKey, nowMs, token);

type Proof = Record<string, string>;
const forms: [string, (proof: Proof, text?: string) => Posted][] = [
  ['a multipart form', (proof, text = 'Hello') => multipart(fieldsOf({ 'body-plain': text, ...proof }))],
  ['an urlencoded form', (proof, text = 'Hello') => urlencoded({ 'body-plain': text, ...proof })],
  ['an event', (proof, text = 'opened') => json({ signature: proof, 'event-data': { event: text } })],
];

describe.each(forms)('%s of Mailgun', (_, form) => {
  test('is valid when its signature covers its time and token', async () => {
    expect(await open()(form(signedAt()))).toBe('valid');
    expect(await open('another key')(form(signedAt()))).toBe('invalid');
  });

  test('is invalid with one byte of time, token or signature changed', async () => {
    const proof = signedAt();
    const verify = open();
    for (const name of ['timestamp', 'token', 'signature'] as const) {
      for (const changed of oneByteChanges(Buffer.from(proof[name]))) {
        const other = changed.toString('latin1');
        expect(await verify(form({ ...proof, [name]: other })), `${name} ${other}`).toBe('invalid');
      }
    }
    expect(await verify(form(proof))).toBe('valid');
  });

  test('is invalid when a part of its proof is missing, longer, or written in another way', async () => {
    const verify = open();
    const { timestamp, token, signature } = signedAt();
    const proofs: Proof[] = [
      { timestamp, token },
      { timestamp, signature },
      { token, signature },
      { timestamp, token, signature: '' },
      { timestamp, token, signature: signature.toUpperCase() },
      { timestamp, token, signature: `${signature}00` },
      { timestamp, token, signature: signature.slice(2) },
      { timestamp: `${timestamp}a`, token, signature },
      { timestamp: ` ${timestamp}`, token, signature },
      { timestamp: `${timestamp}${token[0]}`, token: token.slice(1), signature },
      { timestamp: timestamp.slice(0, -1), token: `${timestamp.at(-1)}${token}`, signature },
      { timestamp, token: token.repeat(1_000), signature },
    ];
    for (const proof of proofs) expect(await verify(form(proof)), JSON.stringify(proof)).toBe('invalid');
  });

  test.each([
    [-15 * minute - 1_000, 'invalid'],
    [-15 * minute, 'valid'],
    [15 * minute, 'valid'],
    [15 * minute + 1_000, 'invalid'],
  ])('signed %i ms from now is %s', async (offset, verdict) => {
    expect(await open()(form(signedAt(now + offset)))).toBe(verdict);
  });

  test('is valid again as a retry, and invalid when its token comes with another content', async () => {
    const verify = open();
    const proof = signedAt();
    expect(await verify(form(proof))).toBe('valid');
    expect(await verify(form(proof), now + 10 * minute)).toBe('valid');
    expect(await verify(form(proof, 'forged'), now + minute)).toBe('invalid');
    expect(await verify(form(proof), now + 8 * 60 * minute)).toBe('valid');
    expect(await verify(form(proof, 'forged'), now + 8 * 60 * minute)).toBe('invalid');
    expect(await verify(form(proof), now + 10 * 60 * minute)).toBe('invalid');
  });

  test('that did not prove itself leaves nothing behind', async () => {
    const verify = open();
    const proof = signedAt();
    expect(await verify(form({ ...proof, signature: '0'.repeat(64) }, 'forged'))).toBe('invalid');
    expect(await verify(form(proof, 'forged'), now + 16 * minute)).toBe('invalid');
    expect(await verify(form(proof))).toBe('valid');
  });

  test('of which two come at once with one token is valid in one content only', async () => {
    const verify = open();
    const proof = signedAt();
    const verdicts = await Promise.all([verify(form(proof)), verify(form(proof, 'forged'))]);
    expect(verdicts.toSorted()).toEqual(['invalid', 'valid']);
  });
});

test('a retry is the same content under another boundary too', async () => {
  const verify = open();
  const fields = fieldsOf({ 'body-plain': 'Hello', ...signedAt() });
  expect(await verify(multipart(fields))).toBe('valid');
  expect(await verify(multipart(fields, 'another'))).toBe('valid');
});

test('the first field of a name counts, and what stands in other types of body does not', async () => {
  const proof = signedAt();
  const fields = fieldsOf(proof);
  expect(await open()(multipart([...fields, { name: 'token', value: 'other' }]))).toBe('valid');
  expect(await open()(multipart([{ name: 'token', value: 'other' }, ...fields]))).toBe('invalid');
  const { body } = urlencoded(proof);
  expect(await open()({ body, contentType: 'text/plain' })).toBe('invalid');
  expect(await open()({ body, contentType: 'application/json' })).toBe('invalid');
  const large = { ...json({ signature: proof, more: 'x'.repeat(1_000_000) }) };
  expect(await open()(large)).toBe('invalid');
});

test('a token as long as a mail is not looked at', async () => {
  expect(await open()(multipart(fieldsOf(signedAt(now, 'a'.repeat(1_000)))))).toBe('invalid');
});

test('a form with more parts than are read proves itself all the same', async () => {
  const many = Array.from({ length: 2_000 }, () => ({ name: 'X-More', value: 'x' }));
  expect(await open()(multipart([...many, ...fieldsOf(signedAt())]))).toBe('valid');
});

test('a form of 40 MB lets others have their turn while it is verified', async () => {
  const file = { name: 'attachment-1', file: 'a', value: Buffer.alloc(40_000_000, 'file') };
  const verifying = open()(multipart([file, ...fieldsOf(signedAt())]));
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 0);
  expect(await verifying).toBe('valid');
  clearInterval(counting);
  expect(turns).toBeGreaterThan(5);
});

const vectorsFile = findShared('corpora/vectors/mailgun-signature.json');
const Vectors = z.object({
  signing_key: z.string(),
  vectors: z.array(
    z.object({ timestamp: z.string(), token: z.string(), signature: z.string(), valid: z.boolean() }),
  ),
});

test.runIf(vectorsFile.isPresent)(
  'the published vectors verify as they say, and not with a byte changed',
  async () => {
    const published = Vectors.parse(JSON.parse(readFileSync(vectorsFile.path, 'utf8')));
    for (const { valid, ...proof } of published.vectors) {
      const nowMs = Number(proof.timestamp) * 1000;
      const verify = open(published.signing_key);
      for (const [, form] of forms) {
        for (const name of ['timestamp', 'token', 'signature'] as const) {
          for (const changed of oneByteChanges(Buffer.from(proof[name]))) {
            const verdict = await verify(form({ ...proof, [name]: changed.toString('latin1') }), nowMs);
            // The vector that is not valid is the valid one with the last bit of its token changed.
            expect(verdict === 'valid' && valid, `${name} ${String(changed)}`).toBe(false);
          }
        }
        const verdict = await open(published.signing_key)(form(proof), nowMs);
        expect(verdict).toBe(valid ? 'valid' : 'invalid');
      }
    }
  },
);
