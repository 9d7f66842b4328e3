/*
 * What Unipile leaves out of its webhooks, fetched from its API: the mail that it had not read itself when it told of
 * it (`is_complete: false`), the header that v1 never posts, and files.
 *
 * The header is asked for because of its Date, without which the same mail from elsewhere would be another message,
 * and its References.
 */
import { fetchFile, getFrom } from '@kith/ingest/fetch-file';
import { field, objectOf, parseJson } from '@kith/ingest/loose-json';
import {
  type MediaLocator,
  type MediaResult,
  type ProviderTools,
  type ReceivedBody,
  TryAgainLater,
} from '@kith/ingest/provider';
import { accessTo, readUnipileEvents, type UnipileEvent, type UnipileSecrets } from '@kith/unipile';
import { hasBody, isIncomplete, isMailEvent, mailIdIn } from './unipile-email.ts';

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
    event !== null && isMailEvent(event) && (isIncomplete(event.payload) || lacksHeader(event));
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
  const access = accessTo(event.version, secrets);
  const path = mailPath(event.version, event.accountId, mailIdIn(event.payload));
  const url = access.ok && path !== null ? access.urlOf(path) : null;
  if (!access.ok || url === null) return null;
  const query = event.version === 'v1' ? '?include_headers=true' : '';
  const request = { url: url + query, headers: access.headers, bytesMax: mailBytesMax, timeoutMs };
  const answer = await getFrom(egress, request);
  const mail = 'ended' in answer ? null : objectOf(parseJson(answer.body));
  if (mail === null) return null;
  const payload = { ...event.payload, ...mail };
  if (isIncomplete(mail) && !hasBody(payload)) throw new TryAgainLater('Unipile has not read the mail yet');
  return { ...event, payload: { ...payload, is_complete: true } };
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
  const access = accessTo(version === 'v1' ? 'v1' : 'v2', secrets);
  if (!access.ok) return { ended: 'failed', failure: 'no_credentials', detail: access.detail };
  const mail = mailPath(version, account, email);
  const url = mail === null || attachment === '' ? null : access.urlOf([...mail, 'attachments', attachment]);
  if (url === null) {
    return { ended: 'failed', failure: 'not_found', detail: 'Unipile says that the file is not to be had' };
  }
  return fetchFile(egress, { url, headers: access.headers });
}

/** v1 posts no header; v2 does. */
function lacksHeader({ version, payload }: UnipileEvent): boolean {
  return version === 'v1' && field(payload, 'headers') === undefined;
}

/** The steps to a mail; null where its id, or in v2 its account's, is not known. */
function mailPath(
  version: string | undefined,
  account: string | null,
  email: string | null,
): string[] | null {
  const steps = version === 'v1' ? ['emails', email] : [account, 'emails', email];
  const known = steps.flatMap((step) => (step === null || step === '' ? [] : [step]));
  return known.length === steps.length ? known : null;
}
