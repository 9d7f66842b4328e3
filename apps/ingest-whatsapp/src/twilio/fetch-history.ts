/*
 * The history of an account at Twilio: its list of messages
 * (https://www.twilio.com/docs/messaging/api/message-resource), newest first, of somebody in both directions.
 *
 * A list names no files, so a message that has some is asked for them. Pages are of WhatsApp's messages only; a text
 * message to a phone is no WhatsApp conversation.
 */
import { field, instantOf, listOf, type Loose, numberOf, objectOf, textOf } from '@kith/ingest/loose-json';
import type { HistoryAnswer, HistoryQuestion, ProviderTools } from '@kith/ingest/provider';
import * as z from 'zod';
import { addressesOf } from './addresses.ts';
import { createTwilioApi, type TwilioApi, type TwilioRefusal, type TwilioSecrets } from './api.ts';
import { historyContentType, isOnWhatsApp } from './history.ts';

/** Each may have to be asked for its files. */
const pageSize = 20;

/** Which of the lists is read, and where its next page is. */
const Place = z.strictObject({ list: z.int().nonnegative(), next: z.string().max(4_000).nullable() });
type Place = z.infer<typeof Place>;

/** A page of it. */
export async function fetchTwilioHistory(
  question: HistoryQuestion,
  secrets: TwilioSecrets,
  tools: ProviderTools,
): Promise<HistoryAnswer> {
  const api = createTwilioApi(secrets, question.settings, tools);
  if (api === null) {
    const detail = 'the account has no accountSid, in its secrets or its settings';
    return { ended: 'failed', reason: 'no_credentials', detail };
  }
  const lists = listsOf(question);
  if (lists.length === 0) {
    return {
      ended: 'failed',
      reason: 'no_identifiers',
      detail: 'no identifier by which WhatsApp knows somebody',
    };
  }
  const place = question.cursor === null ? { list: 0, next: null } : placeIn(question.cursor, api);
  const list = place === null ? undefined : lists[place.list];
  if (place === null || list === undefined) return { ended: 'cursor_expired' };
  const path = place.next ?? firstPage(api, { ...list, ...timesOf(question) });
  const page = await readPage(api, path, question);
  if (page.ended !== 'read') return page;
  const next = placeBehind(place, page.next, lists.length);
  return {
    ended: 'page',
    bodies: bodiesOf(page.messages),
    next: next === null ? null : JSON.stringify(next),
  };
}

/** What is asked for: everything, or what each of a person's addresses wrote, and what was written to it. */
function listsOf({ identifiers }: HistoryQuestion): Record<string, string>[] {
  if (identifiers === null) return [{}];
  const addresses = new Set(identifiers.flatMap(addressesOf));
  return [...addresses].flatMap((address) => [{ From: address }, { To: address }]);
}

/** Both are inclusive, and count seconds. */
function timesOf({ since, until }: HistoryQuestion): Record<string, string> {
  const seconds = (instant: string): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;
  return { ...(since === null ? {} : { 'DateSent>': seconds(since) }), 'DateSent<': seconds(until) };
}

function firstPage({ accountSid }: TwilioApi, query: Record<string, string>): string {
  return `${messagesPath(accountSid)}?${new URLSearchParams({ ...query, PageSize: String(pageSize) }).toString()}`;
}

const messagesPath = (sid: string): string => `/2010-04-01/Accounts/${encodeURIComponent(sid)}/Messages.json`;

function placeIn(cursor: string, api: TwilioApi): Place | null {
  const place = Place.safeParse(parsed(cursor)).data;
  if (place === undefined) return null;
  return place.next === null || isPageOf(api, place.next) ? place : null;
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(cursor);
  } catch {
    return null;
  }
}

/** The credentials go nowhere else. */
const isPageOf = ({ accountSid }: TwilioApi, path: string): boolean =>
  path.startsWith(`${messagesPath(accountSid)}?`);

function placeBehind({ list }: Place, next: string | null, count: number): Place | null {
  if (next !== null) return { list, next };
  return list + 1 < count ? { list: list + 1, next: null } : null;
}

async function readPage(
  api: TwilioApi,
  path: string,
  question: HistoryQuestion,
): Promise<{ ended: 'read'; messages: Loose[]; next: string | null } | TwilioRefusal> {
  const answer = await api.get(path);
  if (answer.ended !== 'answered') return answer;
  const listed = field(answer.object, 'messages');
  if (!Array.isArray(listed)) throw new Error('Twilio’s answer has no list of messages');
  const messages: Loose[] = [];
  for (const item of listOf(listed)) {
    const message = objectOf(item);
    if (message === null || !isOnWhatsApp(message) || !isWithin(message, question)) continue;
    const files = await filesOf(api, message);
    if (files.ended !== 'listed') return files;
    messages.push({ ...message, media: files.files });
  }
  const next = textOf(field(answer.object, 'next_page_uri'));
  if (next !== null && !isPageOf(api, next)) throw new Error('Twilio’s next page is none of the list');
  return { ended: 'read', messages, next };
}

async function filesOf(
  api: TwilioApi,
  message: Loose,
): Promise<{ ended: 'listed'; files: object[] } | TwilioRefusal> {
  const sid = textOf(field(message, 'sid'));
  const isBare = (numberOf(field(message, 'num_media')) ?? 0) === 0;
  if (sid === null || isBare) return { ended: 'listed', files: [] };
  const path = messagesPath(api.accountSid).replace(/\.json$/, `/${encodeURIComponent(sid)}/Media.json`);
  const answer = await api.get(path);
  if (answer.ended !== 'answered') {
    // Files can be deleted without their message.
    const isGone = answer.ended === 'failed' && answer.reason === 'not_found';
    return isGone ? { ended: 'listed', files: [] } : answer;
  }
  const files = listOf(field(answer.object, 'media_list')).map((file) => {
    const uri = textOf(field(file, 'uri')) ?? '';
    return { url: api.baseUrl + uri.replace(/\.json$/, ''), type: field(file, 'content_type') };
  });
  return { ended: 'listed', files };
}

function isWithin(message: Loose, { since, until }: HistoryQuestion): boolean {
  const at = instantOf(field(message, 'date_sent')) ?? instantOf(field(message, 'date_created'));
  if (at === null) return true;
  const ms = Date.parse(at);
  return ms < Date.parse(until) && (since === null || ms >= Date.parse(since));
}

function bodiesOf(messages: readonly Loose[]) {
  if (messages.length === 0) return [];
  const body = Buffer.from(JSON.stringify({ messages }));
  return [{ provider: 'twilio' as const, body, contentType: historyContentType }];
}
