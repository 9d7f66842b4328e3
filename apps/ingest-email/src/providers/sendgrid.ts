/*
 * `sendgrid`: Inbound Parse of Twilio SendGrid, with a security policy that signs
 * (https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/securing-your-parse-webhooks).
 *
 * SendGrid tries for three days and drops a mail on 4xx. Each try is a new form, whose boundary the signature covers,
 * so it is signed anew: a signed time ten minutes from now, either way, is a replay. Its documentation does not say
 * so; a request that came before while its time was recent is therefore taken for as long as SendGrid tries.
 */
import { createPublicKey, createVerify, type KeyObject } from 'node:crypto';
import { accountSecrets } from '@kith/contracts';
import type { Provider, SignedRequest, Verdict } from '@kith/ingest/provider';
import { base64Bytes } from '@kith/ingest/signatures';
import * as z from 'zod';
import { inPieces } from '../forms/in-pieces.ts';
import { mediaTypeOf } from '../forms/read-form.ts';
import { defineEmailProvider } from './email-provider.ts';
import { rememberRequests, type RememberedRequests } from './remembered-requests.ts';
import { readEvents } from './sendgrid-events.ts';
import { readSendgridForm } from './sendgrid-form.ts';

const recentMs = 10 * 60_000;
const triesMs = 73 * 60 * 60_000;
/** A megabyte takes a digest some two milliseconds. */
const pieceBytes = 4 * 1024 * 1024;

/** An account whose key cannot be read cannot verify anything, and is not mounted. */
const Secrets = accountSecrets.sendgrid.transform(({ publicKey, imapPassword }, ctx) => {
  const key = readPublicKey(publicKey);
  if (key !== null) return { key, imapPassword };
  ctx.addIssue({ code: 'custom', message: 'is not a public key on the curve P-256, in PEM or base64' });
  return z.NEVER;
});

/** Mail of SendGrid. Each provider has a memory of its own. */
export function createSendgrid(): Provider {
  const remembered = rememberRequests({ keptMs: triesMs, entriesMax: 50_000 });
  return defineEmailProvider({
    name: 'sendgrid',
    secrets: Secrets,
    accepts: (contentType) => contentType === 'multipart/form-data' || contentType === 'application/json',
    verify: (request, { key }) => verify(request, key, remembered),
    readForm: ({ body, contentType }) =>
      mediaTypeOf(contentType) === 'application/json'
        ? readEvents(body)
        : readSendgridForm(body, contentType),
  });
}

export const sendgrid = createSendgrid();

async function verify(
  { headers, body, now }: SignedRequest,
  key: KeyObject,
  remembered: RememberedRequests,
): Promise<Verdict> {
  const timestamp = headers['x-twilio-email-event-webhook-timestamp'] ?? '';
  const written = headers['x-twilio-email-event-webhook-signature'] ?? '';
  const signature = base64Bytes(written);
  if (!/^\d{1,12}$/.test(timestamp) || signature === null) return 'invalid';
  const verifier = createVerify('sha256').update(timestamp);
  for await (const piece of inPieces(body, pieceBytes)) verifier.update(piece);
  if (!verifier.verify(key, signature)) return 'invalid';
  const isRecent = Math.abs(now - Number(timestamp) * 1000) <= recentMs;
  // The signature covers all that came with it.
  const isAdmitted = remembered.admits({ signature: written, digest: '', isRecent, nowMs: now });
  return isAdmitted ? 'valid' : 'invalid';
}

function readPublicKey(written: string): KeyObject | null {
  try {
    const key = written.includes('-----BEGIN')
      ? createPublicKey(written)
      : createPublicKey({ key: Buffer.from(written, 'base64'), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : null;
  } catch {
    return null;
  }
}
