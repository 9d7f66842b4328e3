/*
 * Standard Webhooks signatures (https://www.standardwebhooks.com), over the raw bytes.
 *
 * Written here and not taken from the project's library, which decodes the body as UTF-8 first and so refuses every
 * mail with another 8-bit encoding. A header may hold several signatures, while a secret is being changed.
 */
import type { SignedRequest, Verdict } from '@kith/ingest/provider';
import { base64Bytes, hmacOf, sameBytes } from '@kith/ingest/signatures';

const toleranceSeconds = 300;
const base64Form = /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$|^[A-Za-z0-9+/]{2}==$/;

/** Verifies `webhook-id`, `webhook-timestamp` and `webhook-signature`, five minutes either way. */
export async function verifyStandardWebhook(request: SignedRequest, secret: string): Promise<Verdict> {
  const id = request.headers['webhook-id'];
  const timestamp = request.headers['webhook-timestamp'];
  const given = request.headers['webhook-signature'];
  if (id === undefined || timestamp === undefined || given === undefined) return 'invalid';
  if (!isRecent(timestamp, request.now)) return 'invalid';
  const signatures = given.split(' ').flatMap(decodeSignature);
  const signed = await Promise.all(
    keysOf(secret).map((key) => hmacOf('sha256', key, [`${id}.${timestamp}.`, request.body])),
  );
  const matches = signed.some((expected) => signatures.some((signature) => sameBytes(signature, expected)));
  return matches ? 'valid' : 'invalid';
}

function isRecent(timestamp: string, nowMs: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= toleranceSeconds;
}

function decodeSignature(entry: string): Buffer[] {
  const [version, signature] = entry.split(',');
  return version === 'v1' ? [base64Bytes(signature ?? '') ?? Buffer.alloc(0)] : [];
}

/** `whsec_` and base64 by the standard; senders of our own may use any text, which may look like base64. */
function keysOf(secret: string): Buffer[] {
  if (secret.startsWith('whsec_')) return [Buffer.from(secret.slice('whsec_'.length), 'base64')];
  const asText = Buffer.from(secret);
  return base64Form.test(secret) ? [asText, Buffer.from(secret, 'base64')] : [asText];
}
