/*
 * What becomes of messages after they arrived, as a browser shows it.
 */
import { sql } from 'drizzle-orm';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium, launchChromium, openPage } from './browser.ts';
import { openPageStack, type PageStack, workspace } from './page-stack.ts';
import { insertReaction } from './seed.ts';
import { seedDuarte } from './seed-duarte.ts';

const chromiumPath = findChromium();

const messageWith = (page: Page, text: string) => page.locator('article', { hasText: text });

describe.skipIf(chromiumPath === null)('a message on the page', () => {
  let stack: PageStack;
  let browser: Browser;
  let page: Page;
  let seeded: Awaited<ReturnType<typeof seedDuarte>>;
  const complaints: string[] = [];

  beforeAll(async () => {
    stack = await openPageStack();
    browser = await launchChromium(chromiumPath ?? '');
    seeded = await seedDuarte(stack);
    page = await openPage(browser, `${stack.url}/#/records/96`, {
      complain: (complaint) => complaints.push(complaint),
    });
    await page.getByText('Live', { exact: true }).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  /** Told as the resolver tells a change of a message. */
  const tellChange = (): Promise<void> =>
    stack.publishActivity({
      recordId: '96',
      reason: 'changed',
      conversationId: seeded.conversationId,
      messageId: seeded.changedId,
    });

  test('shows what is new in a mail, and its quotes and signature when asked', async () => {
    const mail = messageWith(page, 'We take it.');
    const quote = mail.getByText('Here is the offer.');
    expect(await quote.isVisible()).toBe(false);
    const button = mail.getByRole('button', { name: 'Show quotes and signature' });
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    await button.focus();
    await page.keyboard.press('Enter');
    await quote.waitFor();
    expect(await mail.getByText('Kind regards').isVisible()).toBe(true);
    await mail.getByRole('button', { name: 'Hide quotes and signature', expanded: true }).click();
    await quote.waitFor({ state: 'hidden' });
  });

  test('shows answers between quotes with what they answer when asked', async () => {
    const mail = messageWith(page, 'By Friday.');
    expect(await mail.textContent()).not.toContain('How many?');
    await mail.getByRole('button', { name: 'Show what is answered' }).click();
    await mail.getByText('> How many?').waitFor();
    expect(await mail.textContent()).toContain('By Friday.');
  });

  test('tells how far it has come, who reacted, and which message it answers', async () => {
    const asked = messageWith(page, 'is Monday better').filter({ hasText: 'sent, read' });
    await asked.getByText('You · Sales').waitFor();
    const reaction = asked.getByRole('list', { name: 'Reactions' }).getByRole('listitem');
    expect(await reaction.getAttribute('title')).toMatch(/^(Duarte, Sales|Sales, Duarte)$/);
    expect(await reaction.textContent()).toMatch(/👍\s*2/);
    await messageWith(page, 'Friday!')
      .getByText(/^Replying to Sales: Shall we deliver on Friday/)
      .waitFor();
    await messageWith(page, 'On our way').getByText('not delivered').waitFor();
  });

  test('tells of each file whether it is here, being fetched, or why it is not', async () => {
    const files = messageWith(page, 'The plan').getByRole('list', { name: 'Attachments' });
    expect(await files.getByRole('listitem').allTextContents()).toEqual([
      'plan.pdf 48 kB',
      'photo.jpg being fetched',
      'old.mp4 unavailable: the provider no longer has it',
    ]);
  });

  test('changes where it stands when it is edited, reacted to and deleted', async () => {
    const place = await page.locator('article').count();
    const changed = page.locator('article').first();
    await changed.getByText('At 9').waitFor();
    await stack.db.rows(sql`update message set edited_text = 'At 10, sorry', edited_at = now()
      where workspace_id = ${workspace} and id = ${seeded.changedId}`);
    await tellChange();
    await changed.getByText('At 10, sorry').waitFor();
    await changed.getByText('edited', { exact: true }).waitFor();
    await insertReaction(stack.db, { messageId: seeded.changedId, personId: seeded.chatId, emoji: '❤️' });
    await tellChange();
    await changed.getByRole('listitem').filter({ hasText: '❤️' }).waitFor();
    await stack.db.rows(sql`update message set deleted_at = now()
      where workspace_id = ${workspace} and id = ${seeded.changedId}`);
    await tellChange();
    await changed.getByText('This message was deleted.').waitFor();
    expect(await changed.textContent()).not.toContain('At 10');
    expect(await page.locator('article').count()).toBe(place);
    expect(complaints).toEqual([]);
  });

  test('is never wider than a phone', async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
    expect(
      await page.evaluate(
        `document.querySelector('.kith-timeline-scroller').scrollWidth <= document.querySelector('.kith-timeline-scroller').clientWidth`,
      ),
    ).toBe(true);
  });
});
