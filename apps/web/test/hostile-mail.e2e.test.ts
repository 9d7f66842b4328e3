/// <reference lib="dom" />
/*
 * Hostile mails on their whole way: posted to the ingest service, stored, and opened in the page as a person opens them.
 * A server of the sender's writes down whatever reaches it.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, openPage } from './browser.ts';
import { hostileSnippets, swallowing } from './hostile-snippets.ts';
import { openPageStack, type PageStack } from './page-stack.ts';
import { connectSupport, postMail } from './post-mail.ts';
import { openRequestCounter, type RequestCounter } from './request-counter.ts';

const chromiumPath = findChromium();

const from = 'Mallory <mallory@hostile.example>';
const deadline = { timeout: 30_000 };
const lastWords = 'The end of the mail';

describe.skipIf(chromiumPath === null)('a hostile mail in the page', { timeout: 120_000 }, () => {
  let stack: PageStack;
  let browser: Browser;
  let counter: RequestCounter;
  let complaints: string[];

  beforeAll(async () => {
    stack = await openPageStack();
    browser = await launchChromium(chromiumPath ?? '');
    counter = await openRequestCounter();
    await connectSupport(stack);
    const { kith } = stack;
    await kith.write.pipelines.upsert.mutate({
      pipeline: 'contacts',
      fields: [{ key: 'email', type: 'email' }],
    });
    await kith.write.records.upsert.mutate({
      pipeline: 'contacts',
      recordId: '66',
      fields: { email: 'mallory@hostile.example' },
    });
    await postMail(stack, { from, subject: 'Hostile', text: 'As text', html: hostileMail(counter.url) });
    await postMail(stack, { from, subject: 'Newsletter', text: 'As text', html: newsletter(counter.url) });
  });

  afterAll(async () => {
    await browser?.close();
    await counter?.[Symbol.asyncDispose]();
    await stack?.[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    complaints = [];
    counter.requests.length = 0;
  });

  /** Opens the only mail with this subject. */
  async function openMail(subject: string): Promise<Page> {
    const find = async () => {
      const { items } = await stack.kith.read.records.conversations.query({ recordId: '66' });
      return items.find((conversation) => conversation.subject === subject)?.id;
    };
    await expect.poll(find, deadline).toBeDefined();
    const page = await openPage(browser, `${stack.url}/#/conversations/${await find()}`, {
      complain: (complaint) => complaints.push(complaint),
    });
    await page.evaluate(() => {
      const hits: string[] = [];
      Object.assign(window, { hits, hit: (name: string) => hits.push(name) });
    });
    await mailIn(page).getByText(lastWords).waitFor(deadline);
    return page;
  }

  /** What was asked for until now: whatever was begun before this request has come before it. */
  async function askedFor(page: Page): Promise<string[]> {
    const mark = `/mark-${counter.requests.length}`;
    await page.evaluate((url) => {
      new Image().src = url;
    }, `${counter.url}${mark}`);
    const paths = () => counter.requests.map(({ path }) => path);
    await expect.poll(paths, deadline).toContain(mark);
    return paths().filter((path) => !path.startsWith('/mark-'));
  }

  test('runs nothing, fetches nothing and leads nowhere, and no policy had to refuse a request', async () => {
    const page = await openMail('Hostile');
    const popups: string[] = [];
    page.on('popup', (popup) => popups.push(popup.url()));
    const { length } = await mailIn(page).locator('a.hostile').all();
    expect(length).toBeGreaterThan(8);
    for (let index = 0; index < length; index += 1) {
      await mailIn(page).locator('a.hostile').nth(index).dispatchEvent('click');
    }
    expect(await askedFor(page)).toEqual([]);
    expect(await page.evaluate(() => (window as unknown as { hits: string[] }).hits)).toEqual([]);
    expect(popups).toEqual([]);
    expect(new URL(page.url()).hash).toMatch(/^#\/conversations\//);
    expect(complaints.filter((complaint) => requestRefused.test(complaint))).toEqual([]);
    // What the mail lays over everything ends at its frame: the page can be used.
    await page.getByRole('button', { name: 'Plain text' }).click();
    await page.getByText('As text', { exact: true }).waitFor();
    await page.context().close();
  });

  test('a link opens a tab of its own that learns nothing of the page', async () => {
    const page = await openMail('Hostile');
    const link = mailIn(page).getByText('An ordinary link');
    expect(await link.getAttribute('title')).toBe(`${counter.url}/link-followed`);
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await link.getAttribute('ping')).toBeNull();
    const [tab] = await Promise.all([page.waitForEvent('popup'), link.dispatchEvent('click')]);
    await tab.waitForLoadState();
    expect(await tab.evaluate(() => window.opener)).toBeNull();
    expect(counter.requests.find(({ path }) => path === '/link-followed')).toMatchObject({
      referrer: undefined,
      cookie: undefined,
    });
    await page.context().close();
  });

  test('when its images are asked for, they alone come, and still nothing runs', async () => {
    const page = await openMail('Hostile');
    await showImages(page);
    const asked = await askedFor(page);
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((path) => !path.endsWith('.image'))).toEqual([]);
    expect(await page.evaluate(() => (window as unknown as { hits: string[] }).hits)).toEqual([]);
    await page.context().close();
  });

  test('images of the internet are those of this mail, without a referrer, and only once asked for', async () => {
    const page = await openMail('Newsletter');
    expect(await askedFor(page)).toEqual([]);
    await showImages(page);
    await expect
      .poll(() => askedFor(page).then((paths) => paths.toSorted()), deadline)
      .toEqual(['/attribute.png', '/cell.png', '/pixel.gif', '/sheet.png']);
    expect(counter.requests.filter(({ referrer, cookie }) => referrer ?? cookie)).toEqual([]);
    expect(complaints.filter((complaint) => requestRefused.test(complaint))).toEqual([]);
    await page.context().close();
  });
});

/** A browser also tells of handlers that the sanitiser met in its own document, where none can run. */
const requestRefused = /^(?:Loading|Refused|Framing|Connecting|Sending|Fetching|Navigating)/;

const mailIn = (page: Page) => page.frameLocator('iframe.kith-mail-frame');

async function showImages(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Show images from the internet' }).click();
  await mailIn(page).getByText(lastWords).waitFor(deadline);
}

function hostileMail(base: string): string {
  const snippets = Object.entries(hostileSnippets(base)).filter(([name]) => !swallowing.includes(name));
  const ends = '</title></textarea></noscript></xmp></style></select></svg></math></form>';
  return `${snippets.map(([, html]) => `${html}${ends}`).join('\n')}<p>${lastWords}</p>`;
}

function newsletter(base: string): string {
  return `<html><head><style>.offer { background: url(${base}/sheet.png) }</style></head>
    <body><table><tr><td background="${base}/cell.png">News</td></tr></table>
    <p class="offer">An offer</p><p style="background-image: url('${base}/attribute.png')">Another</p>
    <img src="${base}/pixel.gif" srcset="${base}/large.gif 2x" width="1" height="1" alt="">
    <p>${lastWords}</p></body></html>`;
}
