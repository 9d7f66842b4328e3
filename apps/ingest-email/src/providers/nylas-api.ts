/*
 * What Nylas leaves out of its webhooks, fetched from its API.
 *
 * Every new message is fetched, because only the API gives its header: without Message-ID, In-Reply-To and References
 * a reply would stand alone. Grants of IMAP and EWS answer `include_headers` with a header of Nylas' own making; the
 * three fields that join mails are then asked for by themselves.
 */
import { field, firstText, listOf, type Loose, objectOf, parseJson } from '@kith/ingest/loose-json';
import { fetchFile, getFrom } from '@kith/ingest/fetch-file';
import type { MediaLocator, MediaResult, ProviderTools, ReceivedBody } from '@kith/ingest/provider';
import { hasHeader } from '../mail/parsed-parts.ts';
import { headersIn, nylasEvent, nylasEvents } from './nylas-mail.ts';

/** How the API is reached. */
export interface NylasAccess {
  apiKey?: string | undefined;
  baseUrl?: string | undefined;
}

const usualUrl = 'https://api.us.nylas.com';
const messageBytesMax = 64_000_000;
const timeoutMs = 30_000;
/** Nylas posts one; more are a list that somebody else has made. */
const fetchedMax = 50;

/** The body with its new messages whole, or null where nothing is missing or nothing can be had. */
export async function completeNylas(
  { body }: Pick<ReceivedBody, 'body'>,
  access: NylasAccess,
  tools: ProviderTools,
): Promise<Pick<ReceivedBody, 'body' | 'contentType'> | null> {
  if (access.apiKey === undefined) return null;
  const json = parseJson(body);
  const events = [...nylasEvents(json)];
  let isChanged = false;
  for (const [index, event] of events.slice(0, fetchedMax).entries()) {
    const whole = await wholeEvent(event, access, tools);
    if (whole === null) continue;
    events[index] = whole;
    isChanged = true;
  }
  if (!isChanged) return null;
  const completed = Array.isArray(json) ? events : events[0];
  return { body: Buffer.from(JSON.stringify(completed)), contentType: 'application/json' };
}

async function wholeEvent(value: unknown, access: NylasAccess, tools: ProviderTools): Promise<Loose | null> {
  const { isNewMessage, given, object } = nylasEvent(value) ?? {
    isNewMessage: false,
    given: [],
    object: null,
  };
  if (!isNewMessage || object === null) return null;
  const grant = firstText(object, 'grant_id');
  const id = firstText(object, 'id');
  if (grant === null || id === null || (given.length === 0 && headersIn(object).length > 0)) return null;
  const fetched = await get(`${messagePath({ grant, id })}?fields=include_headers`, access, tools);
  if (fetched === null) return null;
  const headers = await wholeHeaders(fetched, { grant, id }, { access, tools });
  const body = [field(fetched, 'body'), field(object, 'body'), ''].find((one) => typeof one === 'string');
  return {
    ...objectOf(value),
    type: 'message.created',
    data: {
      ...objectOf(field(value, 'data')),
      object: { ...object, ...fetched, grant_id: grant, headers, body },
    },
  };
}

/** The header of a message that was fetched with `include_headers`, with the fields that join it to others. */
export async function wholeHeaders(
  fetched: Loose,
  message: { grant: string; id: string },
  { access, tools }: { access: NylasAccess; tools: ProviderTools },
): Promise<readonly unknown[]> {
  const threading = hasHeader(headersIn(fetched), 'message-id')
    ? null
    : await get(`${messagePath(message)}?fields=include_basic_headers`, access, tools);
  return [...listOf(field(threading, 'headers')), ...listOf(field(fetched, 'headers'))];
}

function messagePath({ grant, id }: { grant: string; id: string }): string {
  return `/v3/grants/${encodeURIComponent(grant)}/messages/${encodeURIComponent(id)}`;
}

/** The `data` of an answer, or null when the API has none for this account. */
async function get(path: string, access: NylasAccess, { egress }: ProviderTools): Promise<Loose | null> {
  const request = {
    url: urlOf(path, access),
    headers: headersFor(access),
    bytesMax: messageBytesMax,
    timeoutMs,
  };
  const answer = await getFrom(egress, request);
  return 'ended' in answer ? null : objectOf(field(parseJson(answer.body), 'data'));
}

/** Fetches a file that a message names. */
export async function fetchNylasFile(
  { grant = '', message = '', attachment = '' }: MediaLocator,
  access: NylasAccess,
  { egress }: ProviderTools,
): Promise<MediaResult> {
  if (access.apiKey === undefined) {
    return { ended: 'failed', failure: 'no_credentials', detail: 'the account has no apiKey' };
  }
  if (grant === '' || message === '' || attachment === '') {
    return { ended: 'failed', failure: 'not_found', detail: 'Nylas gave the file no id' };
  }
  const path = `/v3/grants/${encodeURIComponent(grant)}/attachments/${encodeURIComponent(attachment)}/download`;
  const url = urlOf(`${path}?message_id=${encodeURIComponent(message)}`, access);
  return fetchFile(egress, { url, headers: headersFor(access) });
}

/** A path of the API as a URL. */
export function urlOf(path: string, { baseUrl = usualUrl }: NylasAccess): string {
  return `${baseUrl.replace(/\/+$/, '')}${path}`;
}

/** What a request proves itself by. */
export function headersFor({ apiKey = '' }: NylasAccess): Record<string, string> {
  return { authorization: `Bearer ${apiKey}` };
}
