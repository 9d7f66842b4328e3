/*
 * How Unipile proves itself, in either version of its API.
 *
 * v1 signs nothing: it repeats a header that was chosen when the webhook was made, by convention `Unipile-Auth`. v2
 * sends `unipile-signature: t=<seconds>,v0=<hex>`, an HMAC-SHA256 under the endpoint's secret over `<t>.` and the raw
 * bytes. Several v0 may stand there while a secret is being changed. An account is of one version and refuses the
 * proof of the other, so that whoever learns the header of a v1 webhook cannot post as a v2 account.
 */
import type { accountSecrets } from '@kith/contracts';
import type { SignedRequest, Verdict } from '@kith/ingest/provider';
import { hexBytes, hmacOf, sameBytes, sameSecret } from '@kith/ingest/signatures';

/** What an account of Unipile is given. */
export type UnipileSecrets = ReturnType<typeof accountSecrets.unipile.parse>;

const toleranceSeconds = 300;
const digestBytes = 32;
/** One digest per secret; two during a change, and some to spare. */
const signaturesMax = 10;

/** Verifies a webhook of Unipile, five minutes either way in v2. */
export async function verifyUnipile(request: SignedRequest, secrets: UnipileSecrets): Promise<Verdict> {
  const { headers, body, now } = request;
  const { apiVersion, webhookSecret } = secrets;
  if (apiVersion === 'v1') return verdict(sameSecret(headers['unipile-auth'] ?? '', webhookSecret));
  const given = readSignature(headers['unipile-signature'] ?? '');
  if (given === null || !isRecent(given.timestamp, now)) return 'invalid';
  const expected = await hmacOf('sha256', webhookSecret, [`${given.timestamp}.`, body]);
  return verdict(given.digests.some((digest) => sameBytes(digest, expected)));
}

/** Null when it is none; a second `t` leaves open what was signed. */
function readSignature(header: string): { timestamp: string; digests: Buffer[] } | null {
  const parts = header.split(',', signaturesMax + 1).map((part) => part.trim());
  const timestamps = parts.filter((part) => part.startsWith('t='));
  const [, timestamp] = /^t=(\d{1,12})$/.exec(timestamps[0] ?? '') ?? [];
  if (timestamp === undefined || timestamps.length !== 1) return null;
  const digests = parts.flatMap((part) => {
    const digest = part.startsWith('v0=') ? hexBytes(part.slice('v0='.length), digestBytes) : null;
    return digest === null ? [] : [digest];
  });
  return { timestamp, digests };
}

function isRecent(timestamp: string, nowMs: number): boolean {
  return Math.abs(nowMs / 1000 - Number(timestamp)) <= toleranceSeconds;
}

function verdict(isProved: boolean): Verdict {
  return isProved ? 'valid' : 'invalid';
}
