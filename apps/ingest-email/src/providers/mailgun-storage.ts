/*
 * What `store()` keeps at Mailgun, fetched with the account's API key: a whole mail, as raw MIME, and single files.
 *
 * The URLs stand in a body that is not signed, so the key is sent to Mailgun alone, whatever they say.
 */
import type { Egress } from '@kith/ingest/egress';
import { fetchFile, getFrom, mediaTimeoutMs } from '@kith/ingest/fetch-file';
import type { MediaLocator, MediaResult, ReceivedBody } from '@kith/ingest/provider';
import { decodeText } from '../forms/decode-text.ts';
import { filledPart } from '../forms/form.ts';
import { asBuffer } from '../forms/in-pieces.ts';
import { readForm } from '../forms/read-form.ts';

/** What fetching needs; an account without a key fetches nothing. */
export interface StorageAccess {
  apiKey: string | undefined;
  egress: Egress;
}

/** A mail of 48 MB, as a JSON string. */
const mailBytesMax = 64_000_000;

/**
 * The mail that a form announces, as the JSON in which the API gives it; null where the form announces none, where
 * the key is missing, and where Mailgun does not have it (any more).
 */
export async function fetchStoredMail(
  { body, contentType }: ReceivedBody,
  { apiKey, egress }: StorageAccess,
): Promise<Pick<ReceivedBody, 'body' | 'contentType'> | null> {
  if (apiKey === undefined) return null;
  const form = await readForm(body, contentType);
  if (!form.ok || filledPart(form.parts, 'body-mime') !== undefined) return null;
  const named = filledPart(form.parts, 'message-url');
  const url = named === undefined ? null : decodeText(named.bytes()).trim();
  if (url === null || !isMailgun(url)) return null;
  const answer = await getFrom(egress, {
    url,
    headers: { authorization: basic(apiKey), accept: 'message/rfc2822' },
    bytesMax: mailBytesMax,
    timeoutMs: mediaTimeoutMs,
  });
  // Parsed later, in a thread; here it only must not take the place of a form that says more.
  if ('ended' in answer || asBuffer(answer.body).indexOf('"body-mime"') < 0) return null;
  return { body: answer.body, contentType: 'application/json' };
}

/** A file of a stored mail. */
export async function fetchStoredFile(
  { url = '' }: MediaLocator,
  { apiKey, egress }: StorageAccess,
): Promise<MediaResult> {
  if (apiKey === undefined) {
    return { ended: 'failed', failure: 'no_credentials', detail: 'the account has no apiKey' };
  }
  if (!isMailgun(url)) {
    return { ended: 'failed', failure: 'address_not_allowed', detail: 'the URL is not one of Mailgun' };
  }
  return fetchFile(egress, { url, headers: { authorization: basic(apiKey) } });
}

/** Loopback is reached only where the service is told to allow it: for a provider in miniature. */
function isMailgun(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (hostname === '127.0.0.1' || hostname === 'localhost') return true;
  return protocol === 'https:' && hostname.endsWith('.mailgun.net');
}

function basic(apiKey: string): string {
  return `Basic ${Buffer.from(`api:${apiKey}`).toString('base64')}`;
}
