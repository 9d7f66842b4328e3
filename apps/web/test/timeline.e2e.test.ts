/*
 * A record with ten thousand messages, as a browser shows it: only what is near is in the document, nothing is missing,
 * and nothing moves under the reader's eye.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { receiveChat } from './arrivals.ts';
import { expectNoViolations } from './axe.ts';
import { findChromium, launchChromium, openPage } from './browser.ts';
import { openPageStack, type PageStack } from './page-stack.ts';
import { connectSupport, postMail } from './post-mail.ts';
import { eyeOn, readThrough, scrollBy } from './scrolling.ts';
import { seedMany, sentAtOf } from './seed-many.ts';

const chromiumPath = findChromium();

/** More messages than this are never in the document, whatever was scrolled by. */
const rowsMax = 60;
/** More than are kept loaded at once. */
const farNumber = 600;
/** Less than is visible at once. */
const stepPx = 350;

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
  const firstMessage = () => page.locator('article').first();
  const focused = () => page.locator('article:focus');

  const receive = (text: string): Promise<void> =>
    receiveChat(stack, { recordId: '100', conversationId: many.chat, senderId: many.chatId }, text);

  test('is read in order, without gaps and doubles, while few rows are in the document', async () => {
    const down = await readThrough(page, stepPx, farNumber);
    expect(down.numbers).toEqual(down.numbers.map((_, index) => index + 1));
    expect(down.numbers.length).toBeGreaterThanOrEqual(farNumber);
    const up = await readThrough(page, -stepPx, 1);
    expect(up.numbers).toEqual(up.numbers.map((_, index) => (up.numbers[0] ?? 0) - index));
    expect(up.numbers.at(-1)).toBe(1);
    expect([down.hasGaps, up.hasGaps]).toEqual([false, false]);
    expect(Math.max(down.mostRows, up.mostRows)).toBeLessThan(rowsMax);
  }, 150_000);

  test('begins at the end of a day that is asked for, goes on both ways, and leads back', async () => {
    const number = 4_000;
    const day = sentAtOf(number, now);
    const first = Array.from({ length: 200 }, (_, index) => number - 100 + index).find(
      (one) => sentAtOf(one, now).getDate() === day.getDate(),
    );
    const pad = (value: number) => String(value).padStart(2, '0');
    const typed = `${day.getFullYear()}-${pad(day.getMonth() + 1)}-${pad(day.getDate())}`;
    await page.getByLabel('Jump to date').fill(typed);
    await message(first ?? 0).waitFor();
    await page.locator(`.kith-day-now time[datetime="${typed}"]`).waitFor();
    const newer = await readThrough(page, -stepPx, (first ?? 0) - 60);
    expect(newer.hasGaps).toBe(false);
    const older = await readThrough(page, stepPx, (first ?? 0) + 60);
    expect(older.hasGaps).toBe(false);
    await page.getByRole('button', { name: 'Newest messages' }).click();
    await message(1).waitFor();
    expect(await page.getByLabel('Jump to date').inputValue()).toBe('');
  }, 60_000);

  test('shows the chosen channels and participants only', async () => {
    await page.getByRole('button', { name: 'Email, 1 conversation' }).click();
    await message(1).waitFor({ state: 'detached' });
    await message(10).waitFor();
    await page.getByRole('button', { name: 'Email, 1 conversation' }).click();
    await message(1).waitFor();
    await page.getByRole('button', { name: 'With: Anyone' }).click();
    await page.getByRole('checkbox', { name: '+420601234567' }).check();
    await message(10).waitFor({ state: 'detached' });
    await message(1).waitFor();
    await page.getByRole('button', { name: 'Show anyone' }).click();
    await message(10).waitFor();
  });

  test('finds what was said, marks it, and leads to it', async () => {
    const text = 'The zeppelin lands on Tuesday.';
    await postMail(stack, { from: 'mila@many.example', subject: 'Landing', text });
    await firstMessage().getByText(text).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('zeppelin');
    const hit = page.getByRole('listitem').filter({ hasText: text });
    await hit.waitFor();
    expect(await hit.locator('mark').allTextContents()).toEqual(['zeppelin']);
    await hit.getByRole('link').click();
    await page.getByRole('button', { name: 'Back to the timeline' }).waitFor();
    expect(page.url()).toMatch(/#\/records\/100\/conversations\/[^/]+\/[^/]+$/);
    await page.keyboard.press('Escape');
    await hit.waitFor();
    await page.getByRole('searchbox', { name: 'Search in this timeline' }).fill('');
    await firstMessage().getByText(text).waitFor();
  });

  test('is read by the keyboard: from message to message, into a conversation, and back to the message', async () => {
    await page.keyboard.press('j');
    await focused().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const text = await focused().textContent();
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    expect(await focused().textContent()).toBe(text);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Back to the timeline' }).waitFor();
    await page.keyboard.press('Escape');
    await focused().waitFor();
    expect(await focused().textContent()).toBe(text);
    expect(new URL(page.url()).hash).toBe('#/records/100');
  });

  test('lists conversations with who takes part, and is free of barriers that axe knows', async () => {
    await expectNoViolations(page);
    await page.getByRole('button', { name: 'Conversations', exact: true }).click();
    const list = page.getByRole('list', { name: 'Conversations' });
    await list.getByText('WhatsApp with Mila').waitFor();
    await list
      .getByText(/5,\d{3} messages/)
      .first()
      .waitFor();
    await expectNoViolations(page);
    expect(complaints).toEqual([]);
  });

  test('stays where one reads while messages come in above, and leads up to them', async () => {
    await scrollBy(page, 4_000);
    // Rows have the height that they will have once those around them were measured.
    await message(1).waitFor({ state: 'detached' });
    const topOfEye = await eyeOn(page);
    const before = await topOfEye();
    await receive('Are you there?');
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    await receive('Hello?');
    await page.getByRole('button', { name: '2 new messages' }).waitFor();
    expect(Math.abs((await topOfEye()) - before)).toBeLessThan(2);
    await page.getByRole('button', { name: '2 new messages' }).click();
    await firstMessage().getByText('Hello?').waitFor();
    await page.getByRole('button', { name: /new message/ }).waitFor({ state: 'detached' });
  });
});
