import type { UnipileApi, UnipileQuery, UnipileRefusal } from '../api.ts';

/** A short list as a whole. */
export type WholeList = { ended: 'listed'; items: unknown[] } | UnipileRefusal;

/** Walks a list that is expected to be short; ends after `pagesMax` pages, or where it leads in a circle. */
export async function listAll(
  api: UnipileApi,
  path: readonly string[],
  { pagesMax, ...query }: UnipileQuery & { pagesMax: number },
): Promise<WholeList> {
  const items: unknown[] = [];
  let from: string | null = null;
  for (let page = 0; page < pagesMax; page += 1) {
    const list = await api.list(path, query, from);
    if (list.ended !== 'listed') return list;
    items.push(...list.items);
    if (list.next === null || list.next === from) break;
    from = list.next;
  }
  return { ended: 'listed', items };
}
