/*
 * What stands around every page, as a browser shows it: the palette, the keyboard, the theme, and the key.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectNoViolations } from './axe.ts';
import { findChromium, launchChromium, openPage } from './browser.ts';
import { openPageStack, type PageStack } from './page-stack.ts';
import { seedAna } from './seed-ana.ts';

const chromiumPath = findChromium();

describe.skipIf(chromiumPath === null)('around every page', () => {
  let stack: PageStack;
  let browser: Browser;
  let complaints: string[];

  beforeAll(async () => {
    stack = await openPageStack();
    browser = await launchChromium(chromiumPath ?? '');
    await seedAna(stack);
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
  const hash = (page: Page) => new URL(page.url()).hash;
  const title = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

  test('the palette finds a record by a few letters, and goes there', async () => {
    const page = await open(`${stack.url}/#/review`);
    await title(page, 'Review');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Search' }).fill('lim');
    await page.locator('[role=option][data-active-item]', { hasText: 'Ana Lima' }).waitFor();
    await page.keyboard.press('Enter');
    await title(page, 'Ana Lima');
    expect(hash(page)).toBe('#/records/93');
    await page.getByRole('combobox', { name: 'Search' }).waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('letters lead to pages, but not while somebody types', async () => {
    const page = await open(stack.url);
    await page.getByRole('searchbox').first().fill('');
    await page.keyboard.type('gv');
    expect(await page.getByRole('searchbox').first().inputValue()).toBe('gv');
    expect(hash(page)).toBe('');
    await page.getByRole('heading', { level: 1 }).or(page.locator('main')).first().click();
    await page.keyboard.press('g');
    await page.keyboard.press('v');
    await title(page, 'Review');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('the theme is the device’s until another is chosen, which stays', async () => {
    const page = await open(stack.url, { colorScheme: 'dark' });
    const ground = () => page.evaluate(`getComputedStyle(document.querySelector('.shell')).backgroundColor`);
    await page.locator('.shell').waitFor();
    const dark = await ground();
    await page.getByRole('button', { name: 'Theme: device' }).click();
    await page.getByRole('button', { name: 'Theme: light' }).waitFor();
    expect(await ground()).not.toBe(dark);
    await page.reload();
    await page.getByRole('button', { name: 'Theme: light' }).waitFor();
    await page.context().close();
  });

  test('the key of whoever signs in stands in no address, no storage but the tab’s, and no line of the console', async () => {
    const lines: string[] = [];
    const urls: string[] = [];
    const page = await open(stack.keylessUrl);
    page.on('console', (line) => lines.push(line.text()));
    page.on('request', (request) => urls.push(request.url()));
    await page.getByLabel('API key').fill(stack.apiKey);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /Ana Lima/ }).click();
    await title(page, 'Ana Lima');
    expect(JSON.stringify([lines, urls, page.url()])).not.toContain(stack.apiKey);
    expect(await page.evaluate('JSON.stringify(localStorage) + document.cookie')).not.toContain('kith_');
    await page.context().close();
  });

  test('axe finds nothing wrong with the records, the palette, the list of keys, the sign-in, or what is not there', async () => {
    const page = await open(stack.url);
    await page.getByRole('link', { name: /Ana Lima/ }).waitFor();
    await expectNoViolations(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('option', { name: /Ana Lima/ }).waitFor();
    await expectNoViolations(page);
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Search' }).waitFor({ state: 'detached' });
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await expectNoViolations(page);
    await page.goto(`${stack.url}/#/records/nobody`);
    await page.getByText('There is no such record').waitFor();
    await expectNoViolations(page);
    await page.goto(stack.keylessUrl);
    await page.getByLabel('API key').waitFor();
    await expectNoViolations(page);
    await page.context().close();
  });

  test('an address that leads nowhere leads to the records', async () => {
    const page = await open(`${stack.url}/#/no/such/page`);
    await page.getByText('No record chosen').waitFor();
    await page.context().close();
  });

  test('a phone has its bar at the bottom, never wider than its screen', async () => {
    const page = await open(`${stack.url}/#/overview`, { viewport: { width: 360, height: 740 } });
    await title(page, 'Overview');
    const bar = await page.getByRole('navigation', { name: 'Pages' }).boundingBox();
    expect(Math.round((bar?.y ?? 0) + (bar?.height ?? 0))).toBe(740);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.context().close();
  });
});
