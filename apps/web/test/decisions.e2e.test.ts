/*
 * Who is who, decided and taken back on the pages of participants and of the history, against the real services.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectNoViolations } from './axe.ts';
import { findChromium, launchChromium, openPage } from './browser.ts';
import { openPageStack, type PageStack } from './page-stack.ts';
import { addressOf, becomes, letThemWrite, makePipeline, statusOf } from './seed-review.ts';

const chromiumPath = findChromium();

const toast = (page: Page, text: string) => page.locator('.kith-toast', { hasText: text });
const entry = (page: Page, text: string | RegExp) => page.locator('.kith-history-item', { hasText: text });
const row = (page: Page, name: string) => page.locator('.participant-row', { hasText: name });

describe.skipIf(chromiumPath === null)('participants and the history', () => {
  let stack: PageStack;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    stack = await openPageStack();
    browser = await launchChromium(chromiumPath ?? '');
    await makePipeline(stack);
    const records = ['Ana', 'Bea'].map((name) => ({
      recordId: name.toLowerCase(),
      title: name,
      fields: { email: addressOf(name) },
    }));
    await stack.kith.write.records.upsertMany.mutate({ pipeline: 'contacts', records });
    await letThemWrite(stack, ['Ana', 'Eva', 'Finn']);
    page = await openPage(browser, `${stack.url}/#/participants`, {
      complain: (complaint) => complaints.push(complaint),
    });
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  const linkTo = async (title: string) => {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('combobox').fill(title);
    await dialog.getByRole('option', { name: new RegExp(`^${title}`) }).click();
    await dialog.waitFor({ state: 'detached' });
  };

  test('somebody is found by their address, and why they are linked is told with the evidence', async () => {
    await row(page, 'Eva').waitFor();
    await expectNoViolations(page);
    await page.getByRole('searchbox', { name: 'Search participants' }).fill(addressOf('Ana'));
    await row(page, 'Eva').waitFor({ state: 'detached' });
    await row(page, 'Ana').click();
    await page.getByRole('heading', { level: 1, name: 'Ana' }).waitFor();
    const why = page.getByRole('region', { name: 'Why' });
    await why
      .getByText(/^Linked to Ana \(ana\) with confidence 0.95: the email address ana@lima.example/)
      .waitFor();
    await why.getByText('The email address ana@lima.example is in the record’s field “email”').waitFor();
    await expectNoViolations(page);
  });

  test('a link that is taken away can be given back days later, from the history', async () => {
    await page.getByRole('button', { name: 'Unlink' }).click();
    await toast(page, 'Unlinked').waitFor();
    await entry(page, 'A person unlinked it from Ana (ana)').waitFor();
    expect(await statusOf(stack, 'Ana')).toBe('unlinked');
    await page.goto(`${stack.url}/#/history`);
    await page.reload();
    const unlinked = entry(page, 'A person unlinked it from Ana (ana)');
    await unlinked.getByRole('link', { name: 'Ana', exact: true }).first().waitFor();
    await expectNoViolations(page);
    await unlinked.getByRole('button', { name: 'Undo' }).click();
    await unlinked.getByText('Undone', { exact: true }).waitFor();
    await becomes(stack, 'Ana', 'ana');
    await entry(page, 'by undoing an earlier change').getByText('takes back an earlier entry').click();
    expect(await page.evaluate('document.activeElement.textContent')).toContain('unlinked it from Ana (ana)');
  });

  test('a decision that a later one stands on is not undone, and the page says what is in the way', async () => {
    await page.goto(`${stack.url}/#/participants`);
    await row(page, 'Eva').click();
    await page.getByRole('heading', { level: 1, name: 'Eva' }).waitFor();
    await page.getByRole('button', { name: 'Link to a record' }).click();
    await linkTo('Ana');
    await entry(page, 'A person linked it to Ana (ana)').waitFor();
    await page.getByRole('button', { name: 'Link to another record' }).click();
    await linkTo('Bea');
    await entry(page, 'A person linked it to Bea (bea)').waitFor();
    await entry(page, /A person linked it to Ana \(ana\)/)
      .getByRole('button', { name: 'Undo' })
      .click();
    await toast(page, 'A person decided again since: undo that one first.').waitFor();
    expect(await statusOf(stack, 'Eva')).toBe('bea');
    await page.getByRole('button', { name: 'Close' }).click();
    expect(complaints.splice(0)).toEqual([expect.stringContaining('409')]);
  });

  test('several are selected by the keyboard, unlinked at once, and undone at once', async () => {
    await row(page, 'Ana').focus();
    await page.keyboard.press('x');
    await row(page, 'Eva').focus();
    await page.keyboard.press('x');
    const bar = page.getByRole('group', { name: 'With all that are selected' });
    await bar.getByText('2 selected').waitFor();
    await expectNoViolations(page);
    await bar.getByRole('button', { name: 'Unlink' }).click();
    await toast(page, 'Unlinked 2 participants').waitFor();
    expect([await statusOf(stack, 'Ana'), await statusOf(stack, 'Eva')]).toEqual(['unlinked', 'unlinked']);
    await page.keyboard.press('Control+z');
    await toast(page, 'Undone').waitFor();
    expect([await statusOf(stack, 'Ana'), await statusOf(stack, 'Eva')]).toEqual(['ana', 'bea']);
  });

  test('a link that another record contests is explained where it waits, and unlinked from there', async () => {
    const fields = { email: addressOf('Ana') };
    await stack.kith.write.records.upsert.mutate({
      pipeline: 'contacts',
      recordId: 'anna',
      title: 'Anna',
      fields,
    });
    await page.goto(`${stack.url}/#/review`);
    await page.getByRole('article', { name: 'Ana' }).getByText('Linked now').waitFor();
    await page.getByRole('button', { name: 'Why is this here?' }).click();
    const why = page.getByRole('dialog', { name: 'Why this is here' });
    await why.getByText(/Another record holds the email address ana@lima.example too: Anna/).waitFor();
    await why.getByText('The email address ana@lima.example is in the record’s field “email”').waitFor();
    await why.getByRole('button', { name: 'Unlink Ana' }).click();
    await toast(page, 'Unlinked').waitFor();
    await becomes(stack, 'Ana', 'anna');
    await page.getByText('This waits no more.').waitFor();
    await page.keyboard.press('Control+z');
    await becomes(stack, 'Ana', 'ana');
    await page.goto(`${stack.url}/#/participants`);
    await row(page, 'Ana').waitFor();
  });

  test('a record is made for somebody who has none', async () => {
    await row(page, 'Finn').click();
    await page.getByRole('heading', { level: 1, name: 'Finn' }).waitFor();
    await page.getByRole('button', { name: 'Create a record' }).click();
    await toast(page, 'Record made for Finn').waitFor();
    await page.locator('.participant-facts').getByRole('link', { name: 'Finn' }).waitFor();
  });

  test('the own team is never linked, and the page says so', async () => {
    await page.getByRole('combobox', { name: 'Status' }).selectOption({ label: 'Your team' });
    await row(page, 'support@acme.example').click();
    await page.getByText('An address or number of your own company.').waitFor();
    expect(await page.getByRole('button', { name: /^Link/ }).count()).toBe(0);
    await expectNoViolations(page);
    expect(complaints).toEqual([]);
  });
});
