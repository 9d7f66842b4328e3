/*
 * The page as a browser sees it: the built web server, the built query service, and Chromium.
 */
import { sql } from 'drizzle-orm';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { receiveChat } from './arrivals.ts';
import { findChromium, launchChromium, openPage } from './browser.ts';
import { openPageStack, type PageStack, workspace } from './page-stack.ts';
import { connectSupport, postMail } from './post-mail.ts';
import { scrollBy, scrollTo } from './scrolling.ts';
import { insertRecord } from './seed.ts';
import { seedAna } from './seed-ana.ts';

const chromiumPath = findChromium();

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });
const isLive = (page: Page) => page.getByText('Live', { exact: true }).waitFor();

describe.skipIf(chromiumPath === null)('the page in a browser', () => {
  let stack: PageStack;
  let browser: Browser;
  let ana: { personId: string; conversationId: string };
  /** What any page of a test complained of: a refused script, a failed request, an exception. */
  let complaints: string[] = [];

  beforeAll(async () => {
    stack = await openPageStack();
    browser = await launchChromium(chromiumPath ?? '');
    ana = await seedAna(stack);
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    complaints = [];
  });

  const open = (url: string, options: BrowserContextOptions = {}): Promise<Page> =>
    openPage(browser, url, { ...options, complain: (complaint) => complaints.push(complaint) });

  const receive = (text: string): Promise<void> =>
    receiveChat(stack, { ...ana, senderId: ana.personId, recordId: '93' }, text);

  test('a record is found, opened, and shows who takes part and what was said', async () => {
    const page = await open(stack.url);
    await page.getByRole('searchbox', { name: 'Search records' }).fill('lima');
    await page.getByRole('link', { name: /Bruno Costa/ }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /Ana Lima/ }).click();
    await heading(page, 'Ana Lima').waitFor();
    expect(new URL(page.url()).hash).toBe('#/records/93');
    const participants = page.getByRole('list', { name: 'Participants' });
    expect(await participants.getByRole('listitem').textContent()).toMatch(/\+5511987654321.*Linked, 95 %/);
    await page.getByRole('button', { name: 'offer.pdf 48 kB' }).waitFor();
    await page.getByRole('link', { name: 'WhatsApp with Ana' }).first().waitFor();
    const time = await page.locator('article time').first().getAttribute('title');
    expect(time).toMatch(/\d{4} at \d{2}:\d{2}:\d{2}/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('markup in a message is shown as it was written, and never becomes HTML', async () => {
    const page = await open(`${stack.url}/#/records/93`);
    await page.locator('article').getByText('<img src=x onerror=alert(1)>').waitFor();
    expect(await page.locator('article img').count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a new message appears at the top by itself', async () => {
    const page = await open(`${stack.url}/#/records/93`);
    await isLive(page);
    await receive('Are you there?');
    await page.locator('article').first().getByText('Are you there?').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a reader who has scrolled down stays where he is, and is told of what is new above', async () => {
    const page = await open(`${stack.url}/#/records/93`, { viewport: { width: 900, height: 600 } });
    await isLive(page);
    const read = page.getByText('Earlier message 30', { exact: true });
    await scrollTo(page, read);
    const before = await read.boundingBox();
    await receive('And now?');
    await page.getByRole('button', { name: '1 new message' }).waitFor();
    const after = await read.boundingBox();
    expect(Math.abs((after?.y ?? Infinity) - (before?.y ?? 0))).toBeLessThan(2);
    await page.getByRole('button', { name: '1 new message' }).click();
    await page.locator('article').first().getByText('And now?').waitFor();
    await page.getByRole('button', { name: '1 new message' }).waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('older messages follow to the very first, each once', async () => {
    const page = await open(`${stack.url}/#/records/93`);
    await page.getByText('Earlier message 1', { exact: true }).waitFor();
    const earlier: string[] = [];
    await expect
      .poll(
        async () => {
          for (const text of await page.locator('article .kith-text').allTextContents()) {
            if (text.startsWith('Earlier message') && !earlier.includes(text)) earlier.push(text);
          }
          await scrollBy(page, 400);
          return page.getByText('This is where it begins').isVisible();
        },
        { timeout: 15_000, interval: 50 },
      )
      .toBe(true);
    expect(earlier).toEqual(Array.from({ length: 120 }, (_, index) => `Earlier message ${index + 1}`));
    await page.context().close();
  });

  test('a long text is folded until it is asked for', async () => {
    const page = await open(`${stack.url}/#/records/93`);
    const text = page.locator('.kith-text', { hasText: 'Paragraph 0' });
    const height = async () => (await text.boundingBox())?.height ?? 0;
    await text.waitFor();
    const folded = await height();
    await page.getByRole('button', { name: 'Show all' }).click();
    expect(await height()).toBeGreaterThan(folded * 2);
    await page.context().close();
  });

  test('after query was away the page is live again, and shows what came meanwhile', async () => {
    const page = await open(`${stack.url}/#/records/93`);
    await isLive(page);
    const isBack = stack.query.restart('SIGKILL');
    await page.getByText('Reconnecting…').waitFor();
    await receive('While you were away');
    await isBack;
    await page.locator('article').first().getByText('While you were away').waitFor();
    await isLive(page);
    await page.context().close();
  });

  test('a mail that is posted to the webhook appears by itself, leaves with its link, and comes back', async () => {
    await connectSupport(stack);
    const fields = [{ key: 'email', type: 'email', identifies: true }] as const;
    await stack.kith.write.pipelines.upsert.mutate({ pipeline: 'leads', fields: [...fields] });
    const elena = { recordId: '97', title: 'Elena Rossi', fields: { email: 'elena@rossi.example' } };
    await stack.kith.write.records.upsert.mutate({ pipeline: 'leads', ...elena });
    const page = await open(`${stack.url}/#/records/97`);
    await isLive(page);
    await postMail(stack, { from: 'elena@rossi.example', subject: 'Delivery', text: 'When will it come?' });
    await page.locator('article').getByText('When will it come?').waitFor();
    await page.getByRole('link', { name: 'Delivery' }).waitFor();
    const participants = page.getByRole('list', { name: 'Participants' });
    await participants.getByRole('button', { name: 'Unlink elena@rossi.example' }).click();
    await page.getByText('No messages yet').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.locator('article').getByText('When will it come?').waitFor();
    await participants.getByText('elena@rossi.example').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a record that was merged leads to what it became', async () => {
    await insertRecord(stack.db, { recordId: '98', title: 'Ana L.', email: 'ana@example.com' });
    await stack.db.rows(sql`update record set merged_into = '93', deleted_at = now()
      where workspace_id = ${workspace} and record_id = '98'`);
    const page = await open(`${stack.url}/#/records/98`);
    await page.getByText('This record was merged into another').waitFor();
    await page.getByRole('link', { name: 'record 93' }).click();
    await heading(page, 'Ana Lima').waitFor();
    await page.context().close();
  });

  test('without a network the page says so, and goes on by itself afterwards', async () => {
    const page = await open(`${stack.url}/#/records/93`);
    await isLive(page);
    await page.context().setOffline(true);
    await page.getByRole('link', { name: /Bruno Costa/ }).click();
    await page.getByText('You are offline').first().waitFor();
    await page.context().setOffline(false);
    await heading(page, 'Bruno Costa').waitFor();
    await page.context().close();
  });

  test('a record that is not there says so', async () => {
    const page = await open(`${stack.url}/#/records/nobody`);
    await page.getByText('There is no such record').waitFor();
    await page.context().close();
  });

  test('a record that is deleted while it is shown is not shown any longer', async () => {
    await insertRecord(stack.db, { recordId: '95', title: 'Chiara Rossi', email: 'chiara@rossi.example' });
    const page = await open(`${stack.url}/#/records/95`);
    await isLive(page);
    await stack.db.rows(sql`update record set deleted_at = now() where record_id = '95'`);
    await stack.publishActivity({ recordId: '95', reason: 'unlinked' });
    await page.getByText('There is no such record').waitFor();
    await page.context().close();
  });

  test('without a key the page asks for one, refuses a wrong one, and keeps a right one for the tab only', async () => {
    const page = await open(stack.keylessUrl);
    const field = page.getByLabel('API key');
    await field.fill('kith_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The API key is not accepted').waitFor();
    await field.fill(stack.apiKey);
    await field.press('Enter');
    await page.getByRole('link', { name: /Ana Lima/ }).waitFor();
    expect(page.url()).not.toContain('kith_');
    await page.reload();
    await page.getByRole('link', { name: /Ana Lima/ }).waitFor();
    expect(await page.evaluate('localStorage.length + document.cookie.length')).toBe(0);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await field.waitFor();
    await page.context().close();
  });

  test('the keyboard alone reaches a record and its timeline', async () => {
    const page = await open(stack.url);
    await page.getByRole('link', { name: /Ana Lima/ }).waitFor();
    await page.getByRole('searchbox', { name: 'Search records' }).focus();
    await page.keyboard.type('lima');
    await page.getByRole('link', { name: /Bruno Costa/ }).waitFor({ state: 'detached' });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await heading(page, 'Ana Lima').waitFor();
    await page.getByRole('link', { name: 'Skip to the page' }).focus();
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    expect(new URL(page.url()).hash).toBe('#/records/93');
    await page.context().close();
  });

  test('a phone shows the list or the record, never wider than its screen', async () => {
    const page = await open(stack.url, { viewport: { width: 390, height: 844 } });
    const list = page.getByRole('region', { name: 'Records' });
    await page.getByRole('link', { name: /Ana Lima/ }).click();
    await heading(page, 'Ana Lima').waitFor();
    expect(await list.isVisible()).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(await page.evaluate(`document.querySelector('main').scrollWidth`)).toBe(390);
    await page.locator('.record .back').click();
    await list.waitFor();
    await page.context().close();
  });
});
