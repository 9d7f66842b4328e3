import type { Locator, Page } from 'playwright-core';

const scroller = '.kith-timeline-scroller';

/** Scrolls the timeline down by so many pixels, or up by negative ones. */
export async function scrollBy(page: Page, px: number): Promise<void> {
  await page.locator(scroller).evaluate((element: { scrollBy(x: number, y: number): void }, by) => {
    element.scrollBy(0, by);
  }, px);
}

/** Scrolls down until what is looked for is in the middle of the timeline, wherever in it that lies. */
export async function scrollTo(page: Page, target: Locator): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await target.isVisible())) {
    if (Date.now() > deadline) throw new Error('it is nowhere in the timeline');
    await scrollBy(page, 300);
  }
  await target.scrollIntoViewIfNeeded();
}
