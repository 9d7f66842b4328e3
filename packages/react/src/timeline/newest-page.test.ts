import { describe, expect, test } from 'vitest';
import { mergeNewestPage, type Page, type Pages } from './newest-page.ts';

interface Item {
  id: string;
  sentAt: string;
}

/** Items named for the second they were sent in, newest first. */
function page(seconds: number[], nextCursor: string | null = 'more'): Page<Item> {
  const items = seconds.map((second) => ({
    id: `m${second}`,
    sentAt: new Date(second * 1000).toISOString(),
  }));
  return { items, nextCursor };
}

function loaded(...pages: Page<Item>[]): Pages<Item> {
  return { pages, pageParams: [null, ...pages.slice(1).map((_, index) => `cursor ${index}`)] };
}

const ids = (pages: Pages<Item>) => pages.pages.flatMap(({ items }) => items.map((item) => item.id));

describe('the newest page put in front of the loaded ones', () => {
  test('new messages come first, and nothing is lost or doubled', () => {
    const merged = mergeNewestPage(loaded(page([30, 20, 10]), page([9, 8], null)), page([50, 40, 30]));
    expect(ids(merged)).toEqual(['m50', 'm40', 'm30', 'm20', 'm10', 'm9', 'm8']);
  });

  test('the cursors of the older pages stay', () => {
    const before = loaded(page([30, 20, 10], 'behind 10'), page([9, 8], null));
    const merged = mergeNewestPage(before, page([40, 30, 20]));
    expect(merged.pageParams).toEqual(before.pageParams);
    expect(merged.pages.map(({ nextCursor }) => nextCursor)).toEqual(['behind 10', null]);
  });

  test('a message that the fresh page no longer has is gone', () => {
    const merged = mergeNewestPage(loaded(page([30, 20, 10])), page([30, 10]));
    expect(ids(merged)).toEqual(['m30', 'm10']);
  });

  test('an edited message is shown as the fresh page has it', () => {
    const fresh = page([30, 20]);
    const edited = { ...fresh, items: fresh.items.map((item) => ({ ...item, text: 'edited' })) };
    const merged = mergeNewestPage<Item & { text?: string }>(loaded(page([30, 20, 10])), edited);
    expect(merged.pages[0]?.items.map(({ text }) => text)).toEqual(['edited', 'edited', undefined]);
  });

  test('when more arrived than a page holds, only the fresh page is kept, so that there is no gap', () => {
    const merged = mergeNewestPage(loaded(page([30, 20]), page([10], null)), page([90, 80]));
    expect(ids(merged)).toEqual(['m90', 'm80']);
    expect(merged.pageParams).toEqual([null]);
  });

  test('when the fresh page reaches behind the first loaded one, only the fresh page is kept', () => {
    const merged = mergeNewestPage(loaded(page([30, 20]), page([10, 5], null)), page([30, 10]));
    expect(ids(merged)).toEqual(['m30', 'm10']);
  });

  test('a fresh page that is all there is replaces everything', () => {
    const merged = mergeNewestPage(loaded(page([30, 20]), page([10], null)), page([30], null));
    expect(ids(merged)).toEqual(['m30']);
  });

  test('an empty timeline takes the first message', () => {
    expect(ids(mergeNewestPage(loaded(page([], null)), page([1], null)))).toEqual(['m1']);
    expect(ids(mergeNewestPage({ pages: [], pageParams: [] }, page([1], null)))).toEqual(['m1']);
  });
});
