/*
 * Standard Webhooks signatures (https://www.standardwebhooks.com), over the raw bytes.
 *
 * Written here and not taken from the project's library, which decodes the body as UTF-8 first and so refuses every
 * mail with another 8-bit encoding. A header may hold several signatures, while a secret is being changed.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SignedRequest, Verdict } from '@kith/ingest/provider';

const toleranceSeconds = 300;
const base64Form = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^[A-Za-z0-9+/]{2}==$/;

/** Verifies `webhook-id`, `webhook-timestamp` and `webhook-signature`, five minutes either way. */
export function verifyStandardWebhook(request: SignedRequest, secret: string): Verdict {
  const id = request.headers.get('webhook-id');
  const timestamp = request.headers.get('webhook-timestamp');
  const given = request.headers.get('webhook-signature');
  if (id === null || timestamp === null || given === null) return 'invalid';
  if (!isRecent(timestamp, request.now)) return 'invalid';
  const signatures = given.split(' ').flatMap(decodeSignature);
  const signed = keysOf(secret).map((key) =>
    createHmac('sha256', key).update(`${id}.${timestamp}.`).update(request.body).digest(),
  );
  const matches = signed.some((expected) => signatures.some((signature) => same(signature, expected)));
  return matches ? 'valid' : 'invalid';
}

function isRecent(timestamp: string, nowMs: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= toleranceSeconds;
}

function decodeSignature(entry: string): Buffer[] {
  const [version, signature] = entry.split(',');
  return version === 'v1' && signature !== undefined ? [Buffer.from(signature, 'base64')] : [];
}

/** `whsec_` and base64 by the standard; senders of our own may use any text, which may look like base64. */
function keysOf(secret: string): Buffer[] {
  if (secret.startsWith('whsec_')) return [Buffer.from(secret.slice('whsec_'.length), 'base64')];
  const asText = Buffer.from(secret);
  return base64Form.test(secret) ? [asText, Buffer.from(secret, 'base64')] : [asText];
}

function same(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}
