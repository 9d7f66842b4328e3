/// <reference lib="dom" />
/*
 * A whole conversation as a person reads it: a thread that came as mails with files, and a long chat.
 */
import { readFile } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { expectNoViolations } from './axe.ts';
import { findChromium, launchChromium, openPage } from './browser.ts';
import { openPageStack, type PageStack } from './page-stack.ts';
import { connectSupport, postMail } from './post-mail.ts';
import { seedAna } from './seed-ana.ts';

const chromiumPath = findChromium();

const deadline = { timeout: 30_000 };
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
/** What Chromium says when this test looks into the frame of a mail. */
const lookedInto = "Blocked script execution in 'about:srcdoc'";

const mailIn = (page: Page) => page.frameLocator('iframe.kith-mail-frame');
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe.skipIf(chromiumPath === null)('a conversation in the page', { timeout: 120_000 }, () => {
  let stack: PageStack;
  let browser: Browser;
  let threadId: string;
  let ana: { personId: string; conversationId: string };
  let complaints: string[];

  beforeAll(async () => {
    stack = await openPageStack();
    browser = await launchChromium(chromiumPath ?? '');
    await connectSupport(stack);
    ana = await seedAna(stack);
    for (const mail of thread()) await postMail(stack, mail);
    threadId = await vi.waitFor(async () => {
      const { items } = await stack.kith.read.records.conversations.query({
        recordId: '93',
        channels: ['email'],
      });
      const [found] = items;
      if (found?.messageCount !== thread().length) throw new Error('not all mails are there yet');
      return found.id;
    }, deadline);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  beforeEach(() => {
    complaints = [];
  });

  const open = (path: string) =>
    openPage(browser, `${stack.url}/#${path}`, {
      complain: (complaint) => {
        if (!complaint.startsWith(lookedInto)) complaints.push(complaint);
      },
    });

  test('a long thread is a line a mail, oldest first, and the newest is unfolded', async () => {
    const page = await open(`/conversations/${threadId}`);
    const mails = page.getByRole('article');
    await mailIn(page).getByText('The fifth answer').waitFor();
    expect(await mails.count()).toBe(5);
    expect(await mails.first().textContent()).toContain('The first question');
    expect(await page.getByRole('button', { expanded: true }).count()).toBe(1);
    await page.getByRole('button', { name: 'to support@acme.example; cc Bruno Costa' }).waitFor();
    await mails.first().getByRole('button').click();
    await mails.first().getByText('The first question').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('everybody is there with the part they take and the record they are linked to', async () => {
    const page = await open(`/conversations/${threadId}`);
    await page.getByRole('button', { name: /^Ana Lima, / }).click();
    const row = page.getByRole('listitem').filter({ hasText: 'ana@lima.example' });
    await row.getByText('wrote').waitFor();
    await row.getByText('Linked, 95 %').waitFor();
    await row.locator('a[href="#/records/93"]').getByText('Ana Lima').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'bruno@costa.example' }).getByText('cc').waitFor();
    await page.context().close();
  });

  test('a formatted mail shows its own pictures, folds what it quotes, and is as tall as it is', async () => {
    const page = await open(`/conversations/${threadId}`);
    const mail = mailIn(page);
    const image = mail.getByRole('img', { name: 'Our logo' });
    await expect
      .poll(() => image.evaluate((element: HTMLImageElement) => element.naturalWidth), deadline)
      .toBe(1);
    expect(await mail.getByText('What was said before').isVisible()).toBe(false);
    const frame = page.locator('iframe.kith-mail-frame');
    const height = async () => (await frame.boundingBox())?.height ?? 0;
    const before = await height();
    await mail.getByText('Quoted text').click();
    await mail.getByText('What was said before').waitFor();
    await expect.poll(height, deadline).toBeGreaterThan(before);
    const isScrolled = await mail
      .locator('html')
      .evaluate((root) => root.scrollHeight > root.clientHeight || root.scrollWidth > root.clientWidth);
    expect(isScrolled).toBe(false);
    await page.getByRole('button', { name: 'Plain text' }).click();
    await page.getByText('See https://kith.example/plan').waitFor();
    expect(await page.getByRole('link', { name: 'https://kith.example/plan' }).getAttribute('rel')).toBe(
      'noopener noreferrer',
    );
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('files are downloaded as they were sent, and pictures are shown small and large', async () => {
    const page = await open(`/conversations/${threadId}`);
    const file = page.getByRole('button', { name: 'offer.txt' });
    await file.waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), file.click()]);
    expect(download.suggestedFilename()).toBe('offer.txt');
    expect(await readFile(await download.path(), 'utf8')).toBe('An offer');
    const picture = page.getByRole('button', { name: 'Show photo.png' });
    await picture.locator('img[src^="blob:"]').waitFor();
    await picture.click();
    await page.getByRole('dialog', { name: 'photo.png' }).locator('img[src^="blob:"]').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    // What says that it is a picture and can hold a script is a file like any other.
    await page.getByRole('button', { name: 'drawing.svg' }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a long chat begins at the newest, reads on upwards, and keeps few messages in the page', async () => {
    const page = await open(`/conversations/${ana.conversationId}`);
    await page.getByText('See <img src=x onerror=alert(1)>').waitFor();
    const messages = page.getByRole('region', { name: 'Messages' });
    await expect
      .poll(async () => {
        await messages.evaluate((element) => element.scrollBy(0, -2_000));
        return page.getByText('Earlier message 120', { exact: true }).count();
      }, deadline)
      .toBe(1);
    expect(await page.getByRole('article').count()).toBeLessThan(60);
    await page.getByRole('button', { name: 'To the newest' }).click();
    await page.getByText('See <img src=x onerror=alert(1)>').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('a link to a message begins there, marks it, and reads on both ways', async () => {
    const [row] = await stack.db.rows<{ id: string }>(
      sql`select id from message where text = 'Earlier message 60'`,
    );
    const page = await open(`/conversations/${ana.conversationId}/${row?.id}`);
    await page.locator('.kith-sought').getByText('Earlier message 60', { exact: true }).waitFor();
    await page.getByText('Earlier message 61', { exact: true }).waitFor();
    await page.getByText('Earlier message 59', { exact: true }).waitFor();
    expect(await page.locator('.kith-sought').evaluate(isInView)).toBe(true);
    await page.context().close();
  });

  test('a mail that arrives is there without a reload', async () => {
    const page = await open(`/conversations/${threadId}`);
    await mailIn(page).getByText('The fifth answer').waitFor();
    await postMail(stack, {
      from: 'Ana Lima <ana@lima.example>',
      subject: 'Re: Plan',
      text: 'One more thing',
      inReplyTo: 'plan-5@page.example',
    });
    await page.getByText('One more thing').waitFor(deadline);
    await page.context().close();
  });

  test('a conversation that is not there says so', async () => {
    const page = await open('/conversations/none');
    await page.getByText('There is no such conversation').waitFor();
    await page.context().close();
  });

  test('it is accessible in both themes', async () => {
    for (const id of [threadId, ana.conversationId]) {
      const page = await open(`/conversations/${id}`);
      await page.getByRole('article').last().waitFor();
      await page.getByRole('button', { name: /^Ana/ }).first().click();
      await page.getByRole('list', { name: 'Participants' }).waitFor();
      await expectNoViolations(page);
      await page.context().close();
    }
  });
});

/** Five mails; the last is formatted, quotes, and brings files. */
function thread() {
  const words = ['The first question', 'The second answer', 'The third question', 'The fourth answer'];
  const ana = { from: 'Ana Lima <ana@lima.example>', subject: 'Plan' };
  const early = words.map((text, index) => ({
    ...ana,
    text,
    messageId: `plan-${index + 1}@page.example`,
    sentAt: minutesAgo(100 - index * 10),
    ...(index === 0 ? {} : { inReplyTo: `plan-${index}@page.example` }),
  }));
  const last = {
    ...ana,
    cc: 'Bruno Costa <bruno@costa.example>',
    messageId: 'plan-5@page.example',
    inReplyTo: 'plan-4@page.example',
    sentAt: minutesAgo(10),
    text: 'The fifth answer\n\nSee https://kith.example/plan',
    html: `<p>The fifth answer</p><p><img src="cid:logo@page.example" alt="Our logo"></p>
      <div class="gmail_quote"><p>On Monday Ana wrote:</p><blockquote>What was said before</blockquote></div>`,
    files: [
      { name: 'offer.txt', type: 'text/plain', bytes: Buffer.from('An offer') },
      { name: 'photo.png', type: 'image/png', bytes: pixel },
      { name: 'logo.png', type: 'image/png', bytes: pixel, contentId: 'logo@page.example' },
      {
        name: 'drawing.svg',
        type: 'image/svg+xml',
        bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      },
    ],
  };
  return [...early, last];
}

function isInView(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return top >= 0 && bottom <= window.innerHeight;
}
