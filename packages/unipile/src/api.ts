/*
 * Unipile's API: one question, one answer, in either version.
 *
 * What stays as it is whoever asks again is an answer with its reason; patience asked for, errors of Unipile's and an
 * answer that is no JSON object or no list are thrown, because another try may succeed.
 *
 * v1 has no common address, each customer has one (the DSN): without it and the key there is nothing to ask. v2 has
 * one for everybody. No answer is taken for the last page because it is short: a list ends where Unipile says so.
 */
import { createHash } from 'node:crypto';
import type { Egress } from '@kith/ingest/egress';
import { throwIfPassing } from '@kith/ingest/fetch-file';
import {
  field,
  firstText,
  listOf,
  type Loose,
  numberOf,
  objectOf,
  parseJson,
  textOf,
} from '@kith/ingest/loose-json';
import type { HistoryAnswer } from '@kith/ingest/provider';
import { accessTo } from './access.ts';
import type { UnipileSecrets } from './verify.ts';

/** What is asked besides the path; what is null is left out. */
export type UnipileQuery = Readonly<Record<string, string | number | boolean | null>>;

/** Why there is no answer. */
export type UnipileRefusal = Exclude<HistoryAnswer, { ended: 'page' }>;

/** An object as the API answers it. */
export type UnipileAnswer = { ended: 'answered'; object: Loose } | UnipileRefusal;

/** A page of a list. `next` is what `list` is given for the page behind it; null behind the last. */
export type UnipileList =
  | { ended: 'listed'; items: readonly unknown[]; next: string | null; total: number | null }
  | UnipileRefusal;

/** Asks with the account's key. A path is its steps behind `/api/v1` or `/v2`, not escaped; an empty last one is a slash. */
export interface UnipileApi {
  version: UnipileSecrets['apiVersion'];
  get(path: readonly string[], query?: UnipileQuery): Promise<UnipileAnswer>;
  /** A page of a list: the first where `from` is null, else the one that an earlier page named. */
  list(path: readonly string[], query: UnipileQuery, from: string | null): Promise<UnipileList>;
}

const answerBytesMax = 64_000_000;
const timeoutMs = 60_000;

/** The API as an account's secrets reach it. */
export function createUnipileApi(given: { secrets: UnipileSecrets; egress: Egress }): UnipileApi {
  const version = given.secrets.apiVersion;
  const get = (path: readonly string[], query: UnipileQuery = {}): Promise<UnipileAnswer> =>
    ask(given, path, query);
  return {
    version,
    get,
    list: async (path, query, from) => {
      const answer = await get(path, { ...query, ...placeOf(from) });
      if (answer.ended !== 'answered') return answer;
      return version === 'v1' ? v1List(answer.object) : v2List(answer.object, from);
    },
  };
}

async function ask(
  { secrets, egress }: { secrets: UnipileSecrets; egress: Egress },
  path: readonly string[],
  query: UnipileQuery,
): Promise<UnipileAnswer> {
  const access = accessTo(secrets.apiVersion, secrets);
  if (!access.ok) return { ended: 'failed', reason: 'no_credentials', detail: access.detail };
  const url = access.urlOf(path);
  if (url === null) return notFound('Unipile knows nothing under an empty id');
  const asked = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null) asked.set(name, String(value));
  const answer = await egress.get({
    url: asked.size === 0 ? url : `${url}?${asked.toString()}`,
    headers: { ...access.headers, accept: 'application/json' },
    bytesMax: answerBytesMax,
    timeoutMs,
  });
  const object = objectOf(parseJson(answer.body));
  if (answer.status !== 200) return refusalOf(answer, { object, cursor: query['cursor'] ?? null });
  if (object === null) throw new Error('Unipile’s answer breaks off, or is no JSON object');
  return { ended: 'answered', object };
}

/** Unipile says what is wrong in `type` (`errors/invalid_cursor`), `title` and `detail`. */
function refusalOf(
  { status, headers }: { status: number; headers: Readonly<Record<string, string>> },
  { object, cursor }: { object: Loose | null; cursor: unknown },
): UnipileRefusal {
  const said = firstText(object, 'type', 'title', 'code')?.slice(0, 100);
  const detail = `Unipile answered ${status}${said === undefined ? '' : ` (${said})`}`;
  throwIfPassing({ status, headers }, detail);
  if (status === 401 || status === 403) return { ended: 'failed', reason: 'credentials_refused', detail };
  const words = ['type', 'title', 'detail', 'message', 'code'].map((key) => firstText(object, key) ?? '');
  const isAboutCursor = status === 410 || /cursor/i.test(words.join(' '));
  if (cursor !== null && isAboutCursor && cursorStatuses.has(status)) return { ended: 'cursor_expired' };
  if (status === 404 || status === 410 || status === 422) return notFound(detail);
  throw new Error(detail);
}

const cursorStatuses = new Set([400, 404, 410, 422]);

const notFound = (detail: string): UnipileRefusal => ({ ended: 'failed', reason: 'not_found', detail });

/** v1 always says where the next page begins, and nothing behind the last. */
function v1List(object: Loose): UnipileList {
  const cursor = textOf(field(object, 'cursor'));
  return listed(object, 'items', () => (cursor === null ? null : cursorPrefix + cursor));
}

/**
 * v2 gives a cursor where the network has one, null behind the last page. Elsewhere it gives none at all, and pages
 * are counted: those end with an empty one, or where the same comes again because the network does not count either.
 */
function v2List(object: Loose, from: string | null): UnipileList {
  return listed(object, 'data', (items, total) => {
    const cursor = textOf(field(object, 'next_cursor'));
    if (cursor !== null) return cursorPrefix + cursor;
    const isCounted = !Object.hasOwn(object, 'next_cursor') && from?.startsWith(cursorPrefix) !== true;
    if (!isCounted || items.length === 0) return null;
    const { offset, first } = countedPlace(from);
    const next = offset + items.length;
    const firstNow = hashOfItem(items[0]);
    return firstNow === first || next === total ? null : `${offsetPrefix}${next}:${firstNow}`;
  });
}

function listed(
  object: Loose,
  key: 'items' | 'data',
  nextOf: (items: readonly unknown[], total: number | null) => string | null,
): UnipileList {
  const told = field(object, key);
  if (!Array.isArray(told)) throw new Error(`Unipile’s answer has no list in "${key}"`);
  const items = listOf(told);
  const total = numberOf(field(object, 'total_count'));
  return { ended: 'listed', items, next: nextOf(items, total), total };
}

const cursorPrefix = 'cursor:';
const offsetPrefix = 'offset:';

function placeOf(from: string | null): UnipileQuery {
  if (from === null) return {};
  if (from.startsWith(cursorPrefix)) return { cursor: from.slice(cursorPrefix.length) };
  return { offset: countedPlace(from).offset };
}

/** How many items came before, and the first of the page that came last. */
function countedPlace(from: string | null): { offset: number; first: string | null } {
  const [, offset = '0', first = null] = /^offset:(\d{1,9}):(\w*)$/.exec(from ?? '') ?? [];
  return { offset: Number(offset), first };
}

function hashOfItem(item: unknown): string {
  const told = textOf(field(item, 'id')) ?? JSON.stringify(item) ?? '';
  return createHash('sha256').update(told).digest('hex').slice(0, 16);
}
