/*
 * Lists as each version answers them: `items` with `cursor` in v1, `data` with `next_cursor` in v2, or `data` that is
 * counted by `offset` where the network has no cursors.
 */
import { type HostAnswer, jsonAnswer } from '../media/host-part.ts';
import type { ApiRequest } from './api-part.ts';
import { pageOf } from './pages.ts';
import { badCursor, badParameter, limitIn, type UnipileApiAccount } from './unipile-told.ts';

const v1Limits = { usual: 100, max: 250 };
const v2Limits = { usual: 20, max: 100 };

/** What is listed, and how it is told: of a page, not of all. */
export interface Listing<Item> {
  all: readonly Item[];
  toJson: (item: Item) => object;
}

/** A page of v1's. */
export function v1List<Item>(
  request: ApiRequest,
  object: string,
  { all, toJson }: Listing<Item>,
): HostAnswer {
  const { searchParams: query } = request.url;
  const limit = limitIn(query, v1Limits);
  if (limit === null) return badParameter('limit');
  const page = pageOf(all, { ...place(request), limit });
  return page === null
    ? badCursor()
    : jsonAnswer(200, { object, items: page.items.map(toJson), cursor: page.next });
}

/** A page of v2's. */
export function v2List<Item>(
  request: ApiRequest,
  { all, toJson }: Listing<Item>,
  paging: UnipileApiAccount['paging'] = 'cursor',
): HostAnswer {
  const { searchParams: query } = request.url;
  const limit = limitIn(query, v2Limits);
  if (limit === null) return badParameter('limit');
  if (paging === 'offset') {
    const offset = Number(query.get('offset') ?? 0);
    const back = request.trick === 'page_twice' ? limit : 0;
    const from = Math.max(0, offset - back);
    return jsonAnswer(200, { data: all.slice(from, from + limit).map(toJson) });
  }
  const page = pageOf(all, { ...place(request), limit });
  return page === null
    ? badCursor()
    : jsonAnswer(200, { data: page.items.map(toJson), next_cursor: page.next });
}

function place({ url, trick }: ApiRequest) {
  const filters = [...url.searchParams].filter(([name]) => name !== 'cursor' && name !== 'limit');
  const list = JSON.stringify([url.pathname, filters.toSorted()]);
  return { list, cursor: url.searchParams.get('cursor'), trick };
}
