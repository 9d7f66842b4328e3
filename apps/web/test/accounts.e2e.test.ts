/*
 * Accounts as somebody who looks after them meets them: connected through the form, tried, changed, asked for their
 * past, mended, and disconnected; and the workspace in numbers. Services, provider and browser are real.
 */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { expectNoViolations } from './axe.ts';
import { findChromium, launchChromium, openPage } from './browser.ts';
import { openPageStack, type PageStack } from './page-stack.ts';
import { connectSupport, mimeOf, postMail } from './post-mail.ts';
import { insertLostLetter, insertSync, mendNewestLetter, moveSync } from './seed-accounts.ts';

const chromiumPath = findChromium();
const patience = { timeout: 30_000 };
const phone = { viewport: { width: 360, height: 740 } };

describe.skipIf(chromiumPath === null)('accounts in a browser', { timeout: 120_000 }, () => {
  let stack: PageStack;
  let browser: Browser;
  let complaints: string[];

  beforeAll(async () => {
    stack = await openPageStack();
    browser = await launchChromium(chromiumPath ?? '');
    await connectSupport(stack);
    for (const name of ['ana', 'bo', 'cleo']) {
      await postMail(stack, { from: `${name}@lima.example`, subject: `Hello from ${name}`, text: 'Hello' });
    }
    await vi.waitFor(async () => expect((await accounting()).stored).toBe(3), patience);
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    complaints = [];
  });

  // Each page follows the services, also while the next one is looked at.
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

  const open = (path: string, options: BrowserContextOptions = {}): Promise<Page> =>
    openPage(browser, `${stack.url}/#${path}`, { ...options, complain: (text) => complaints.push(text) });

  const accounting = () => stack.kith.read.deliveries.accounting.query({});

  /** Posts to an address as a mail server does; answers the status. */
  async function post(url: string, token: string, body: string): Promise<number> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' };
    return (await fetch(url, { method: 'POST', headers, body })).status;
  }

  const mail = (subject: string) => mimeOf({ from: 'ana@lima.example', subject, text: 'Hello' });

  test('an account is connected through the form, and the page says when its first delivery came', async () => {
    const page = await open('/accounts/connect');
    await page.getByRole('heading', { name: 'Connect an account' }).waitFor();
    await expectNoViolations(page);
    await page.getByRole('button', { name: /^Raw mail/ }).click();
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('It cannot be empty.').waitFor();
    await page.locator('[aria-invalid="true"]:focus').waitFor();

    await page.getByLabel('Name of the account').fill('support');
    await page.getByRole('button', { name: 'Generate Token' }).click();
    await page.getByLabel('Own addresses').fill('no address');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('An account of this name is connected.').waitFor();
    await page.getByLabel('Name of the account').fill('new-mail');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('It is not an email address.').waitFor();
    await expectNoViolations(page);

    await page.getByLabel('Own addresses').fill('sales@acme.example');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.getByText('Waiting for the first delivery').waitFor();
    await page.getByText('cannot reach it from the internet').waitFor();
    await expectNoViolations(page);
    const url = await page.getByLabel('Address', { exact: true }).inputValue();
    const token = await page.getByLabel('Token (shown only now)').inputValue();
    expect(token).toHaveLength(32);
    expect(await post(url, token, mail('The first'))).toBe(200);
    await page.getByText('It works.').waitFor();
    // What the service refuses is said in the form; the browser says it too.
    expect(complaints.filter((text) => !text.includes('status of 400'))).toEqual([]);
  });

  test('its credentials are replaced without being shown, and the rest stays', async () => {
    const { kith } = stack;
    const known = { accountId: 'new-mail', channel: 'email', provider: 'mime' } as const;
    const settings = { autoSync: true };
    await kith.write.accounts.upsert.mutate({ ...known, identifiers: ['sales@acme.example'], settings });
    const page = await open('/accounts/new-mail');
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    const token = page.getByLabel('Token', { exact: true });
    expect(await token.inputValue()).toBe('');
    await page.getByRole('button', { name: 'Generate Token' }).click();
    const changed = await token.inputValue();
    await expectNoViolations(page);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();

    const url = `${stack.ingestEmailUrl}/webhooks/mime/new-mail`;
    expect(await post(url, 'another token', mail('Refused'))).toBe(401);
    expect(await post(url, changed, mail('Taken'))).toBe(200);
    const { items } = await kith.read.accounts.list.query({});
    expect(items.find(({ accountId }) => accountId === 'new-mail')).toMatchObject({
      settings,
      identifiers: [{ kind: 'email', value: 'sales@acme.example' }],
    });
    expect(complaints).toEqual([]);
  });

  test('its past is asked for: what cannot be says what to do, what runs says how far it is', async () => {
    const page = await open('/accounts/support');
    await page.getByLabel('Fetch history since').fill('2026-01-31');
    await page.getByRole('button', { name: 'Fetch', exact: true }).click();
    await page.getByText('Not possible').waitFor();
    await page.getByText('Give the account a mailbox under Change').waitFor();

    const part = { state: 'running', fetched: 300, total: 1200, stored: 280 } as const;
    const syncId = await insertSync(stack.db, 'support', part);
    const bar = page.getByRole('progressbar', { name: '300 of about 1,200 messages' });
    await bar.waitFor(patience);
    expect(await bar.getAttribute('aria-valuenow')).toBe('25');
    const list = await open('/accounts', phone);
    await list.getByText('Fetching history: 300 of about 1,200 messages').waitFor();
    await expectNoViolations(list);

    await moveSync(stack.db, syncId, { ...part, state: 'failed', reason: 'credentials_refused' });
    await page.getByText('The provider refuses the account’s credentials').waitFor(patience);
    await expectNoViolations(page);
    expect(complaints).toEqual([]);
  });

  test('dead letters say why, are read again, and leave the list when they could be stored', async () => {
    const url = `${stack.ingestEmailUrl}/webhooks/mime/support`;
    expect(await post(url, 'a token of this test', 'no header\r\n\r\nno mail')).toBe(200);
    await expect.poll(async () => (await accounting()).deadLettered, patience).toBe(1);
    await insertLostLetter(stack.db, 'support');
    const page = await open('/accounts/support');
    const letters = page.getByRole('listitem').filter({ hasText: 'It is not a message' });
    await letters.waitFor();
    await page.getByText('What arrived is not kept any more').waitFor();
    await expectNoViolations(page);

    await letters.getByRole('button', { name: 'Read again' }).click();
    await page.getByText('1 dead letter is read again.').waitFor();
    await letters.waitFor();
    await mendNewestLetter(stack.db);
    await page.getByRole('button', { name: 'Read all again' }).click();
    await letters.waitFor({ state: 'detached', ...patience });
    await page.getByText('Of 1 dead letter nothing is kept any more.').waitFor();
    expect((await accounting()).deadLettered).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('the list tells what came through each, as the services count it', async () => {
    const page = await open('/accounts');
    const { items } = await stack.kith.read.deliveries.accountingByAccount.query({});
    for (const { accountId, accepted, stored } of items) {
      const row = page.getByRole('listitem').filter({ hasText: accountId });
      await row.getByText(`${accepted} accepted = ${stored} stored`).waitFor();
    }
    await page.getByText('It adds up').waitFor();
    await expectNoViolations(page);
    expect(complaints).toEqual([]);
  });

  test('the overview tells the numbers that the client reads, to the keyboard and in a table too', async () => {
    const { read } = stack.kith;
    const [overview, days] = await Promise.all([
      read.stats.overview.query({}),
      read.stats.messages.query({ days: 30 }),
    ]);
    const today = days.items.at(-1)?.email ?? 0;
    expect(today).toBeGreaterThan(2);
    const page = await open('/overview', phone);
    const { linked, unlinked, ambiguous } = overview.participants;
    await page.getByText(`${linked} of ${linked + unlinked + ambiguous} participants`).waitFor();
    const row = page.getByRole('row').filter({ hasText: 'Email' });
    await row
      .getByRole('cell', { name: String(overview.messages.email) })
      .last()
      .waitFor();
    const slider = page.getByRole('slider', { name: 'Messages of a day' });
    await slider.focus();
    expect(await slider.getAttribute('aria-valuetext')).toContain(`: ${today} Email, 0 WhatsApp, 0 LinkedIn`);
    await page.keyboard.press('ArrowLeft');
    expect(await slider.getAttribute('aria-valuetext')).toContain(': 0 Email');
    await page.getByText('Show as table').click();
    expect(await page.locator('.chart-table tbody tr').count()).toBe(30);
    await expectNoViolations(page);
    await page.getByRole('button', { name: 'A year' }).click();
    await page.getByRole('slider', { name: 'Messages of a week' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    expect(complaints).toEqual([]);
  });

  test('an account is disconnected after it was said what stays, and its webhooks are refused', async () => {
    const page = await open('/accounts/new-mail');
    await page.getByRole('button', { name: 'Disconnect', exact: true }).click();
    await page.getByText('All conversations stay at your records').waitFor();
    await expectNoViolations(page);
    await page.getByRole('button', { name: 'Disconnect new-mail' }).click();
    await page.getByRole('heading', { name: 'Accounts', exact: true }).waitFor();
    await page.getByRole('link', { name: 'new-mail' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'support' }).first().waitFor();
    const url = `${stack.ingestEmailUrl}/webhooks/mime/new-mail`;
    await expect.poll(() => post(url, 'any', mail('Late')), patience).toBe(404);
    expect(complaints).toEqual([]);
  });
});
