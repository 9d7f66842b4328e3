/*
 * The review by the keyboard alone, against the real services: what is answered leaves at once, stands in the timeline,
 * and comes back when it is undone or could not be written.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { expectNoViolations } from './axe.ts';
import { findChromium, launchChromium, openPage } from './browser.ts';
import { openPageStack, type PageStack } from './page-stack.ts';
import {
  becomes,
  letThemWrite,
  makeNamesakes,
  makePipeline,
  participantOf,
  statusOf,
} from './seed-review.ts';

const chromiumPath = findChromium();
/** Each with two records of one address, most messages first. */
const namesakes = ['Ana', 'Bea', 'Cid', 'Dora'];
/** Without a record. */
const strangers = ['Eva', 'Finn', 'Gil'];

const row = (page: Page, name: string) => page.locator('.kith-review-row', { hasText: name });
const current = (page: Page) => page.locator('.kith-review-row[aria-current="true"] .kith-name');
const toast = (page: Page, text: string) => page.locator('.kith-toast', { hasText: text });
const rows = (page: Page) => page.locator('.kith-review-row .kith-name').allTextContents();

describe.skipIf(chromiumPath === null)('the review', () => {
  let stack: PageStack;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    stack = await openPageStack();
    browser = await launchChromium(chromiumPath ?? '');
    await makePipeline(stack);
    await makeNamesakes(stack, namesakes);
    await letThemWrite(stack, [...namesakes, ...strangers]);
    page = await openPage(browser, `${stack.url}/#/review`, {
      complain: (complaint) => complaints.push(complaint),
    });
    await row(page, 'Ana').waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  test('lists who waits, most messages first, with the evidence for each record', async () => {
    expect(await rows(page)).toEqual(namesakes);
    expect(await current(page).textContent()).toBe('Ana');
    const card = page.locator('.kith-choice').first();
    await card.getByText('The email address ana@lima.example is in the record’s field “email”').waitFor();
    await page
      .getByRole('region', { name: 'What they wrote' })
      .getByText('Could Ana have it')
      .first()
      .waitFor();
    await expectNoViolations(page);
  });

  test('a digit links and goes on, the timeline has it, and Ctrl+Z brings it back', async () => {
    await page.keyboard.press('1');
    await row(page, 'Ana').waitFor({ state: 'detached' });
    expect(await current(page).textContent()).toBe('Bea');
    await toast(page, 'Linked to Ana').waitFor();
    expect(await statusOf(stack, 'Ana')).toBe('ana');
    const { items } = await stack.kith.read.records.timeline.query({ recordId: 'ana' });
    expect(items.length).toBe(namesakes.length + strangers.length);
    await page.keyboard.press('Control+z');
    await row(page, 'Ana').waitFor();
    expect(await current(page).textContent()).toBe('Ana');
    expect(await statusOf(stack, 'Ana')).toBe('ambiguous');
  });

  test('a digit that is pressed twice in a moment answers once', async () => {
    await page.evaluate(`(async () => {
      const press = () => document.activeElement.dispatchEvent(
        new KeyboardEvent('keydown', { key: '1', code: 'Digit1', bubbles: true, cancelable: true }));
      const drawn = () => new Promise((resolve) => requestAnimationFrame(resolve));
      press();
      await drawn();
      await drawn();
      press();
    })()`);
    await becomes(stack, 'Ana', 'ana');
    await toast(page, 'Linked to Ana').waitFor();
    expect(await statusOf(stack, 'Bea')).toBe('ambiguous');
    expect(await current(page).textContent()).toBe('Bea');
  });

  test('Shift and a digit rules a record out, and the only other one is it', async () => {
    await page.keyboard.press('Shift+Digit2');
    await row(page, 'Bea').waitFor({ state: 'detached' });
    await toast(page, 'Not Bea (old)').waitFor();
    await becomes(stack, 'Bea', 'bea');
    expect(await rows(page)).toEqual(['Cid', 'Dora']);
  });

  test('says why somebody waits', async () => {
    await page.getByRole('button', { name: 'Why is this here?' }).click();
    const why = page.getByRole('dialog', { name: 'Why this is here' });
    await why.getByText(/^Two records hold the email address cid@lima.example: /).waitFor();
    await why.getByText(/Kith left it undecided when a message arrived/).waitFor();
    await expectNoViolations(page);
    await page.keyboard.press('1');
    await page.keyboard.press('Escape');
    await why.waitFor({ state: 'detached' });
    expect(await statusOf(stack, 'Cid')).toBe('ambiguous');
  });

  test('what cannot be written comes back, and the page says why', async () => {
    const offline = { before: complaints.length };
    await page.context().setOffline(true);
    await page.keyboard.press('1');
    await toast(page, 'Not linked. You are offline').waitFor();
    await row(page, 'Cid').waitFor();
    expect(await current(page).textContent()).toBe('Cid');
    await page.context().setOffline(false);
    complaints.length = offline.before;
    await page.getByRole('button', { name: 'Close' }).click();
    await page.keyboard.press('d');
    await row(page, 'Cid').waitFor({ state: 'detached' });
    await toast(page, 'Dismissed').waitFor();
    await page.keyboard.press('Control+z');
    await row(page, 'Cid').waitFor();
  });

  test('several are linked at once to a record that is looked for, and undone at once', async () => {
    await page.getByRole('button', { name: 'Not linked yet' }).click();
    await row(page, 'Eva').waitFor();
    expect(await rows(page)).toEqual(strangers);
    await page.keyboard.press('x');
    await page.keyboard.press('Shift+j');
    await page.getByText('2 selected').waitFor();
    await expectNoViolations(page);
    await page.keyboard.press('l');
    const dialog = page.getByRole('dialog', { name: 'Link 2 participants to a record' });
    await dialog.getByRole('combobox').fill('Dora (old)');
    await dialog.getByRole('option', { name: /Dora \(old\)/ }).waitFor();
    await vi.waitFor(async () => expect(await dialog.getByRole('option').count()).toBe(1));
    await expectNoViolations(page);
    await page.keyboard.press('Enter');
    await row(page, 'Eva').waitFor({ state: 'detached' });
    await toast(page, 'Linked 2 participants to Dora (old)').waitFor();
    expect(await rows(page)).toEqual(['Gil']);
    expect([await statusOf(stack, 'Eva'), await statusOf(stack, 'Finn')]).toEqual(['dora-old', 'dora-old']);
    await page.keyboard.press('Control+z');
    await row(page, 'Eva').waitFor();
    expect(await rows(page)).toEqual(strangers);
  });

  test('somebody without a record gets one, and loses it when that is undone', async () => {
    expect(await current(page).textContent()).toBe('Eva');
    await page.keyboard.press('c');
    await toast(page, 'Record made for Eva').waitFor();
    const recordId = (await participantOf(stack, 'Eva'))?.recordId ?? '';
    expect((await stack.kith.read.records.get.query({ recordId })).title).toBe('Eva');
    await page.keyboard.press('Control+z');
    await row(page, 'Eva').waitFor();
    await becomes(stack, 'Eva', 'unlinked');
    await expect(stack.kith.read.records.get.query({ recordId })).rejects.toThrow();
  });

  test('what others settle leaves the list without moving what is looked at', async () => {
    await page.getByRole('button', { name: 'To decide' }).click();
    await row(page, 'Cid').waitFor();
    const cid = await participantOf(stack, 'Cid');
    await stack.kith.write.participants.link.mutate({ participantId: cid?.id ?? '', recordId: 'cid' });
    await page.getByText('This waits no more.').waitFor();
    expect(await page.getByRole('article', { name: 'Cid' }).isVisible()).toBe(true);
    expect(await rows(page)).toEqual(['Dora']);
    await page.keyboard.press('j');
    expect(await current(page).textContent()).toBe('Dora');
    await page.keyboard.press('d');
    await page.getByText('Nothing waits for you').waitFor();
    await expectNoViolations(page);
  });

  test('a phone shows who waits, or one of them, and is never wider than its screen', async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    await page.getByRole('button', { name: 'Not linked yet' }).click();
    await row(page, 'Gil').click();
    await page.getByRole('article', { name: 'Gil' }).waitFor();
    expect(await row(page, 'Gil').isVisible()).toBe(false);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.getByRole('button', { name: 'Back to the list' }).click();
    await row(page, 'Gil').waitFor();
    expect(await page.evaluate(`document.querySelector('main').scrollWidth`)).toBe(360);
    expect(complaints).toEqual([]);
  });
});
