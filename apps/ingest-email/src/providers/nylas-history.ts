/*
 * The past of the mailboxes of a Nylas application (https://developer.nylas.com/docs/reference/api/messages/), as the
 * events that Nylas would have posted.
 *
 * One account may stand for several grants: those that `settings.grantId` or `settings.grantIds` name, or else every
 * valid one. They are walked one after the other, in the order of their ids. A list ends where Nylas gives no cursor,
 * never because a page is short.
 */
import { throwIfPassing } from '@kith/ingest/fetch-file';
import { field, firstText, listOf, type Loose, objectOf, parseJson, textOf } from '@kith/ingest/loose-json';
import type { HistoryAnswer, HistoryQuestion, ProviderTools } from '@kith/ingest/provider';
import * as z from 'zod';
import { addressLists, askForPage, failed, namesNobody, objectsIn, pageOfEvents } from './list-page.ts';
import { headersFor, type NylasAccess, urlOf, wholeHeaders } from './nylas-api.ts';

/** Where a walk is: in which grant, with which list of addresses, and behind which page. */
const Place = z.strictObject({
  grant: z.string(),
  list: z.int().nonnegative(),
  token: z.string().nullable(),
});
type Place = z.infer<typeof Place>;

type Refusal = Exclude<HistoryAnswer, { ended: 'page' }>;
type Answered = { ended: 'answered'; json: Loose } | Refusal;

const answerBytesMax = 48_000_000;
const timeoutMs = 60_000;
const grantsPerList = 100;
const grantListsMax = 50;

/** The next page. Throws what another try may change. */
export async function fetchNylasHistory(
  question: HistoryQuestion,
  access: NylasAccess,
  tools: ProviderTools,
): Promise<HistoryAnswer> {
  if (access.apiKey === undefined) return failed('no_credentials', 'the account has no apiKey');
  const lists = addressLists(question);
  if (lists.length === 0) return namesNobody();
  return askForPage(async (limit) => {
    const place = await placeOf(question, access, tools);
    if ('ended' in place) return place;
    const query = queryOf(question, { ...place, limit, anybody: lists[place.list] ?? null });
    const answer = await ask(
      `/v3/grants/${encodeURIComponent(place.grant)}/messages?${query}`,
      access,
      tools,
    );
    if (answer.ended !== 'answered') return answer;
    const events = [];
    for (const message of messagesIn(answer.json)) {
      events.push(await eventOf(message, place.grant, { access, tools }));
    }
    const token = textOf(field(answer.json, 'next_cursor'));
    if (token !== null) return pageOfEvents('nylas', events, { ...place, token });
    const next = await placeBehind(place, lists.length, { question, access, tools });
    return next !== null && 'ended' in next ? next : pageOfEvents('nylas', events, next);
  });
}

async function placeOf(
  question: HistoryQuestion,
  access: NylasAccess,
  tools: ProviderTools,
): Promise<Place | Refusal> {
  if (question.cursor !== null) {
    const parsed = Place.safeParse(parseJson(Buffer.from(question.cursor)));
    return parsed.success ? parsed.data : { ended: 'cursor_expired' };
  }
  const grants = await grantsOf(question, access, tools);
  if ('ended' in grants) return grants;
  const [grant] = grants;
  return grant === undefined
    ? failed('not_found', 'the Nylas application has no valid grant')
    : { grant, list: 0, token: null };
}

/** The next list of addresses, or the next grant; null behind the last. */
async function placeBehind(
  { grant, list }: Place,
  lists: number,
  { question, access, tools }: { question: HistoryQuestion; access: NylasAccess; tools: ProviderTools },
): Promise<Place | null | Refusal> {
  if (list + 1 < lists) return { grant, list: list + 1, token: null };
  const grants = await grantsOf(question, access, tools);
  if ('ended' in grants) return grants;
  const next = grants.find((other) => other > grant);
  return next === undefined ? null : { grant: next, list: 0, token: null };
}

async function grantsOf(
  { settings }: Pick<HistoryQuestion, 'settings'>,
  access: NylasAccess,
  tools: ProviderTools,
): Promise<string[] | Refusal> {
  const named = [settings['grantId'], ...listOf(settings['grantIds'])].flatMap((id) => textOf(id) ?? []);
  if (named.length > 0) return [...new Set(named)].toSorted();
  const grants: string[] = [];
  for (let page = 0; page < grantListsMax; page += 1) {
    const query = `limit=${grantsPerList}&offset=${page * grantsPerList}`;
    const answer = await ask(`/v3/grants?${query}`, access, tools);
    if (answer.ended !== 'answered') return answer;
    const listed = listOf(field(answer.json, 'data'));
    grants.push(...listed.flatMap((grant) => (isValid(grant) ? (firstText(grant, 'id') ?? []) : [])));
    if (listed.length === 0) break;
  }
  return [...new Set(grants)].toSorted();
}

const isValid = (grant: unknown): boolean => (firstText(grant, 'grant_status') ?? 'valid') === 'valid';

function queryOf(
  { since, until }: HistoryQuestion,
  { token, limit, anybody }: { token: string | null; limit: number; anybody: string | null },
): string {
  const query = new URLSearchParams({ limit: String(limit), fields: 'include_headers' });
  if (anybody !== null) query.set('any_email', anybody);
  // Whole seconds, and neither bound is included.
  if (since !== null) query.set('received_after', String(Math.ceil(Date.parse(since) / 1000) - 1));
  query.set('received_before', String(Math.ceil(Date.parse(until) / 1000)));
  if (token !== null) query.set('page_token', token);
  return query.toString();
}

function messagesIn(json: Loose): Loose[] {
  const data = field(json, 'data');
  if (!Array.isArray(data)) throw new Error('Nylas’ answer has no list in "data"');
  return objectsIn(data);
}

/** As it would have been posted, with its header. */
async function eventOf(
  message: Loose,
  grant: string,
  { access, tools }: { access: NylasAccess; tools: ProviderTools },
): Promise<Loose> {
  const id = firstText(message, 'id');
  const headers =
    id === null
      ? listOf(field(message, 'headers'))
      : await wholeHeaders(message, { grant, id }, { access, tools });
  return { type: 'message.created', data: { object: { ...message, grant_id: grant, headers } } };
}

const tokenStatuses = new Set([400, 404, 410, 422]);

async function ask(path: string, access: NylasAccess, { egress }: ProviderTools): Promise<Answered> {
  const { status, headers, body } = await egress.get({
    url: urlOf(path, access),
    headers: headersFor(access),
    bytesMax: answerBytesMax,
    timeoutMs,
  });
  const json = objectOf(parseJson(body));
  if (status === 200) {
    if (json === null) throw new Error('Nylas’ answer breaks off, or is no JSON object');
    return { ended: 'answered', json };
  }
  const type = firstText(field(json, 'error'), 'type')?.slice(0, 100);
  const detail = `Nylas answered ${status}${type === undefined ? '' : ` (${type})`}`;
  throwIfPassing({ status, headers }, detail);
  if (status === 401 || status === 403) return failed('credentials_refused', detail);
  const message = firstText(field(json, 'error'), 'message') ?? '';
  const isAboutToken = path.includes('page_token=') && /page_?token|cursor/i.test(message);
  if (isAboutToken && tokenStatuses.has(status)) return { ended: 'cursor_expired' };
  if (status === 404 || status === 410) return failed('not_found', detail);
  throw new Error(detail);
}
