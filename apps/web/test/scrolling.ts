/*
 * What a reader does with a timeline: scrolls it, and reads what is in it. Runs in the page, because a step must not wait
 * for the test on the other side.
 */
import type { Locator, Page } from 'playwright-core';

const scroller = `document.querySelector('.kith-timeline-scroller')`;

/** Scrolls the timeline down by so many pixels, or up by negative ones. */
export async function scrollBy(page: Page, px: number): Promise<void> {
  await page.evaluate(`${scroller}?.scrollBy(0, ${px})`);
}

/** Scrolls down until what is looked for is in the document, and then to it. */
export async function scrollTo(page: Page, target: Locator): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await target.isVisible())) {
    if (Date.now() > deadline) throw new Error('it is nowhere in the timeline');
    await scrollBy(page, 300);
  }
  await target.scrollIntoViewIfNeeded();
}

/** What was met on the way: numbers of `Message <number>` in the order in which they were first visible. */
export interface ReadThrough {
  numbers: number[];
  /** Whether visible messages were ever not one after the other. */
  hasGaps: boolean;
  /** The most messages that were in the document at once. */
  mostRows: number;
}

/** Reads on, step by step, until the message of this number was met. */
export async function readThrough(page: Page, step: number, last: number): Promise<ReadThrough> {
  return page.evaluate<ReadThrough>(`(async () => {
    const scroller = ${scroller};
    const numbers = [];
    const met = new Set();
    let hasGaps = false;
    let mostRows = 0;
    const deadline = performance.now() + 60_000;
    while (!met.has(${last}) && performance.now() < deadline) {
      const area = scroller.getBoundingClientRect();
      const articles = [...scroller.querySelectorAll('article')];
      mostRows = Math.max(mostRows, articles.length);
      // What is in the document and not visible is nothing that a reader meets.
      const rows = articles
        .filter((row) => row.getBoundingClientRect().bottom > area.top && row.getBoundingClientRect().top < area.bottom)
        .map((row) => Number(/Message (\\d+)/.exec(row.textContent)?.[1]));
      hasGaps ||= rows.some((number, index) => number !== rows[0] + index);
      for (const number of ${step} > 0 ? rows : rows.toReversed()) if (!met.has(number)) numbers.push(number);
      for (const number of rows) met.add(number);
      scroller.scrollBy(0, ${step});
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    }
    return { numbers, hasGaps, mostRows };
  })()`);
}

/** Picks the message in the middle of what is visible, and answers how to ask where it is. */
export async function eyeOn(page: Page): Promise<() => Promise<number>> {
  // Not by what lies under a point: while it scrolls, the list lets no point hit its rows.
  await page.evaluate(`(() => {
    const { top, height } = ${scroller}.getBoundingClientRect();
    const isInMiddle = (row) => row.getBoundingClientRect().bottom > top + height / 2;
    globalThis.eye = [...${scroller}.querySelectorAll('article')].find(isInMiddle);
  })()`);
  return async () => {
    const at = await page.evaluate<number | null>(
      `globalThis.eye?.isConnected ? globalThis.eye.getBoundingClientRect().top : null`,
    );
    if (at === null) throw new Error('the message that was looked at is gone');
    return at;
  };
}
