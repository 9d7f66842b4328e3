/*
 * Whether a request is from Mailgun: the hex HMAC-SHA256 of `timestamp` and `token`, which stand in the body, as
 * fields of the form or as the `signature` of a JSON event
 * (https://documentation.mailgun.com/docs/mailgun/user-manual/webhooks/securing-webhooks).
 *
 * The body itself is not signed. So the time must be fifteen minutes from now at most, and a token belongs to the
 * first content that came with it: the same content again is a retry, another one is forged. Mailgun does not say
 * whether it signs retries anew, so what came before while its time was recent is known for as long as it tries.
 */
import { createHash } from 'node:crypto';
import { field, parseJson, textOf } from '@kith/ingest/loose-json';
import type { SignedRequest, Verdict } from '@kith/ingest/provider';
import { hexBytes, hmacOf, sameBytes } from '@kith/ingest/signatures';
import { digestOf, filledPart, formLimits, type FormPart, sentBytes } from '../forms/form.ts';
import { mediaTypeOf, readForm } from '../forms/read-form.ts';
import { rememberRequests } from './remembered-requests.ts';

const recentMs = 15 * 60_000;
const triesMs = 9 * 60 * 60_000;
/** What proves itself is never refused for what is in it: a form that is too long to be read is a dead letter. */
const verifiedLimits = { ...formLimits, partsMax: 5 * formLimits.partsMax };
/** A token has fifty characters. */
const valueBytesMax = 300;
/** Events hold no mail; a megabyte of JSON takes ten milliseconds. */
const jsonBytesMax = 1_000_000;

/** A verifier with a memory of its own. */
export function createMailgunVerifier(): (request: SignedRequest, signingKey: string) => Promise<Verdict> {
  const remembered = rememberRequests({ keptMs: triesMs, entriesMax: 50_000 });
  return async (request, signingKey) => {
    const signed = await signedIn(request);
    if (signed === null || !/^\d{1,12}$/.test(signed.timestamp)) return 'invalid';
    const { timestamp, token, signature } = signed;
    const given = hexBytes(signature, 32);
    const expected = await hmacOf('sha256', signingKey, [timestamp, token]);
    if (given === null || !sameBytes(given, expected)) return 'invalid';
    const digest = await signed.digest();
    const isRecent = Math.abs(request.now - Number(timestamp) * 1000) <= recentMs;
    return remembered.admits({ signature, digest, isRecent, nowMs: request.now }) ? 'valid' : 'invalid';
  };
}

interface Signed {
  timestamp: string;
  token: string;
  signature: string;
  /** Of the whole content. */
  digest(): Promise<string>;
}

async function signedIn({ headers, body }: SignedRequest): Promise<Signed | null> {
  const contentType = headers['content-type'];
  if (mediaTypeOf(contentType) === 'application/json') return signedInJson(body);
  const form = await readForm(body, contentType, verifiedLimits);
  if (!form.ok) return null;
  const { parts } = form;
  return toSigned(
    (name) => shortValue(filledPart(parts, name)),
    () => digestOf(parts),
  );
}

function signedInJson(body: Uint8Array): Signed | null {
  if (body.byteLength > jsonBytesMax) return null;
  const json = parseJson(body);
  const digest = () => Promise.resolve(createHash('sha256').update(body).digest('base64url'));
  return toSigned((name) => textOf(field(json, 'signature', name)), digest);
}

function toSigned(valueOf: (name: string) => string | null, digest: Signed['digest']): Signed | null {
  const [timestamp, token, signature] = [valueOf('timestamp'), valueOf('token'), valueOf('signature')];
  if (timestamp === null || token === null || signature === null) return null;
  return { timestamp, token, signature, digest };
}

function shortValue(part: FormPart | undefined): string | null {
  if (part === undefined || sentBytes(part) > valueBytesMax) return null;
  return part.bytes().toString('latin1');
}
