/*
 * What Unipile leaves out of its webhooks, fetched from its API: the mail that it had not read itself when it told of
 * it (`is_complete: false`), and files.
 *
 * v1 has no common address, each customer has one (the DSN): without it and the key there is nothing to ask.
 */
import { fetchFile, getFrom } from '@kith/ingest/fetch-file';
import { objectOf, parseJson } from '@kith/ingest/loose-json';
import {
  type MediaLocator,
  type MediaResult,
  type ProviderTools,
  type ReceivedBody,
  TryAgainLater,
} from '@kith/ingest/provider';
import { readUnipileEvents, type UnipileEvent, type UnipileSecrets } from '@kith/unipile';
import { hasBody, isIncomplete, isMailEvent, mailIdIn } from './unipile-email.ts';

const v2BaseUrl = 'https://api.unipile.com';
const mailBytesMax = 64_000_000;
const timeoutMs = 30_000;
/** Unipile posts one; more are a list that somebody else has made. */
const fetchedMax = 50;

/** The body with its mails whole, or null where nothing is missing or nothing can be had. */
export async function completeUnipileMail(
  received: Pick<ReceivedBody, 'body'>,
  secrets: UnipileSecrets,
  tools: ProviderTools,
): Promise<Pick<ReceivedBody, 'body' | 'contentType'> | null> {
  const events = readUnipileEvents(received).map((reading) => (reading.ok ? reading.event : null));
  const isMissing = (event: UnipileEvent | null) =>
    event !== null && isMailEvent(event) && isIncomplete(event.payload);
  const missing = events.filter(isMissing).slice(0, fetchedMax);
  const fetched = new Map<UnipileEvent | null, UnipileEvent>();
  for (const event of missing) {
    const whole = event === null ? null : await wholeEvent(event, secrets, tools);
    if (whole !== null) fetched.set(event, whole);
  }
  if (fetched.size === 0) return null;
  const bodies = events.map((event) => postedForm(fetched.get(event) ?? event));
  return {
    body: Buffer.from(JSON.stringify(bodies.length === 1 ? bodies[0] : bodies)),
    contentType: 'application/json',
  };
}

async function wholeEvent(
  event: UnipileEvent,
  secrets: UnipileSecrets,
  { egress }: ProviderTools,
): Promise<UnipileEvent | null> {
  const path = mailPath(event.version, { account: event.accountId, email: mailIdIn(event.payload) });
  const access = accessOf(event.version, secrets);
  if (path === null || !access.ok) return null;
  const query = event.version === 'v1' ? '?include_headers=true' : '';
  const { headers, baseUrl } = access;
  const request = { url: `${baseUrl}${path}${query}`, headers, bytesMax: mailBytesMax, timeoutMs };
  const answer = await getFrom(egress, request);
  const mail = 'ended' in answer ? null : objectOf(parseJson(answer.body));
  if (mail === null) return null;
  if (isIncomplete(mail) && !hasBody(mail)) throw new TryAgainLater('Unipile has not read the mail yet');
  return { ...event, payload: { ...event.payload, ...mail, is_complete: true } };
}

/** The event as Unipile would have posted it; what was none stays none. */
function postedForm(event: UnipileEvent | null): unknown {
  if (event === null || event.version === 'v1') return event?.payload ?? null;
  const { event: type, accountId, createdAt, payload } = event;
  return { object: 'Event', type, account_id: accountId, created_at: createdAt, payload };
}

/** Fetches a file that a mail names. */
export async function fetchUnipileFile(
  { version, account = '', email = '', attachment = '' }: MediaLocator,
  secrets: UnipileSecrets,
  { egress }: ProviderTools,
): Promise<MediaResult> {
  const access = accessOf(version, secrets);
  if (!access.ok) return { ended: 'failed', failure: 'no_credentials', detail: access.detail };
  const path = mailPath(version, { account, email });
  if (path === null || attachment === '') {
    return { ended: 'failed', failure: 'not_found', detail: 'Unipile says that the file is not to be had' };
  }
  const url = `${access.baseUrl}${path}/attachments/${encodeURIComponent(attachment)}`;
  return fetchFile(egress, { url, headers: access.headers });
}

type Access = { ok: true; baseUrl: string; headers: Record<string, string> } | { ok: false; detail: string };

function accessOf(version: string | undefined, { apiKey, baseUrl }: UnipileSecrets): Access {
  const base = baseUrl ?? (version === 'v2' ? v2BaseUrl : null);
  if (apiKey === undefined) return { ok: false, detail: 'the account has no apiKey' };
  if (base === null) return { ok: false, detail: 'the account has no baseUrl' };
  return { ok: true, baseUrl: base.replace(/\/+$/, ''), headers: { 'x-api-key': apiKey } };
}

function mailPath(
  version: string | undefined,
  { account, email }: { account: string | null; email: string | null },
): string | null {
  if (email === null || email === '') return null;
  const mail = `emails/${encodeURIComponent(email)}`;
  if (version === 'v1') return `/api/v1/${mail}`;
  return account === null || account === '' ? null : `/v2/${encodeURIComponent(account)}/${mail}`;
}
