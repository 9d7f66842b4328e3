import { test, beforeAll, afterAll } from 'vitest';
import { sql } from 'drizzle-orm';
import { openPageStack, type PageStack } from './page-stack.ts';
import { insertConversation, insertMessage, insertPerson, insertRecord } from './seed.ts';
import { launchChromium } from './browser.ts';
let stack: PageStack;
beforeAll(async () => { stack = await openPageStack(); });
afterAll(async () => { await stack?.[Symbol.asyncDispose](); });
const hours = (n: number) => new Date(Date.now() - n * 3600_000).toISOString();
test('shots', async () => {
  const { db } = stack;
  const names = ['Ana Lima','Bruno Costa','Chiara Rossi','Dmitri Volkov','Émilie Durand','Farid Haddad','Grace Okafor','Hiroshi Tanaka','Ingrid Svensson','João Pereira','Katarzyna Nowak','Liam O’Connor', null];
  for (const [i, t] of names.entries()) await insertRecord(db, { recordId: String(93 + i), title: t, email: `person${i}@lima.example`, lastActivityAt: i > 10 ? null : hours(i * i * 9) });
  for (let i = 0; i < 70; i++) await insertRecord(db, { recordId: `x${i}`, title: `Contact ${i}`, email: `c${i}@many.example`, lastActivityAt: hours(2000 + i * 30) });
  await db.rows(sql`insert into record_identifier (workspace_id, kind, value, record_id, field) values ('acme','phone','+5511987654321','93','phone'),('acme','linkedin_public','ana-lima-4b7','93','linkedin')`);
  await db.rows(sql`update record set unreadable = '[{"field":"mobile","reason":"“see notes” is not a phone number"}]' where record_id='93'`);
  const us = await insertPerson(db, { channel: 'email', identifier: 'support@acme.example', displayName: 'Acme Support', status: 'internal' });
  const usW = await insertPerson(db, { channel: 'whatsapp', identifier: '+442071838750', displayName: 'Acme', status: 'internal' });
  const a = await insertPerson(db, { channel: 'email', identifier: 'ana@lima.example', displayName: 'Ana Lima', recordId: '93', status: 'linked', confidence: 0.95 });
  const w = await insertPerson(db, { channel: 'whatsapp', identifier: '+5511987654321', displayName: 'Ana', recordId: '93', status: 'linked', confidence: 0.9 });
  const l = await insertPerson(db, { channel: 'linkedin', identifier: 'urn:li:member:18273645', displayName: 'Ana Carolina Lima', recordId: '93', status: 'linked', confidence: 0.85 });
  const ce = await insertConversation(db, { channel: 'email', people: [a, us] });
  const cw = await insertConversation(db, { channel: 'whatsapp', people: [w, usW] });
  const cl = await insertConversation(db, { channel: 'linkedin', people: [l] });
  await insertMessage(db, { conversationId: ce, channel: 'email', senderId: a, sentAt: hours(1), subject: 'Re: Renewal for next year', text: 'Hello Tom,\n\nthank you for the quick answer. We would like to renew for two years,\nwith the same number of seats.\n\nCould you send the contract to our legal team as well?\n\nBest,\nAna', attachments: [{ name: 'seats-2027.xlsx', type: 'application/vnd.ms-excel', size: 48213 }, { name: 'signed order form.pdf', type: 'application/pdf', size: 1_240_000 }] });
  await insertMessage(db, { conversationId: cw, channel: 'whatsapp', senderId: w, sentAt: hours(2), text: 'Just sent you the mail 👍' });
  await insertMessage(db, { conversationId: cw, channel: 'whatsapp', senderId: usW, sentAt: hours(2.2), text: 'Great, let me know when it is out.' });
  await insertMessage(db, { conversationId: ce, channel: 'email', senderId: us, sentAt: hours(26), subject: 'Renewal for next year', text: 'Dear Ana,\n\n' + 'Your plan ends on 31 December. Here is what would change with the new one, in detail, because you asked for it in our last call.\n'.repeat(14) + '\nTom' });
  await insertMessage(db, { conversationId: cl, channel: 'linkedin', senderId: l, sentAt: hours(50), text: 'Nice to meet you at the conference! <b>Not bold</b> https://example.com/a/very/long/path/that/has/no/spaces/at/all/and/goes/on/and/on/and/on/and/on/and/on/and/on/and/on' });
  for (let i = 0; i < 80; i++) await insertMessage(db, { conversationId: cw, channel: 'whatsapp', senderId: i % 3 ? w : usW, sentAt: hours(300 + i * 7), text: `Earlier message ${i}` });
  const browser = await launchChromium('/usr/bin/chromium');
  try {
    const shots = async (name: string, o: object, path: string, act?: (p: import('playwright-core').Page) => Promise<void>, base = stack.url) => {
      const ctx = await browser.newContext(o); const page = await ctx.newPage();
      page.on('console', (m) => console.log(name, m.type(), m.text())); page.on('pageerror', (e) => console.log(name, 'ERR', e.message));
      await page.goto(base + '/' + path); await page.waitForSelector('.record-list li, form, .message', {state:'attached'});
      if (path !== '') await page.waitForSelector('.message, .notice', { timeout: 8000 }).catch(() => {});
      if (act) await act(page);
      await page.waitForSelector('.live.connected', { timeout: 5000 }).catch(() => console.log(name, 'not live'));
      await page.screenshot({ path: `/tmp/shots/${name}.png` }); await ctx.close();
    };
    const d = { viewport: { width: 1440, height: 900 } };
    await shots('light', d, '#/records/93');
    await shots('dark', { ...d, colorScheme: 'dark' }, '#/records/93');
    await shots('mid', { viewport: { width: 900, height: 800 } }, '#/records/93');
    await shots('phone', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 }, '#/records/93');
    await shots('phone-list', { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 }, '');
    await shots('empty', d, '#/records/95');
    await shots('missing', d, '#/records/nope');
    await shots('signin', d, '', undefined, stack.keylessUrl);
    await shots('arrived', d, '#/records/93', async (p) => {
      await p.waitForSelector('.live.connected');
      await p.locator('main').evaluate((m: { scrollTo(o: object): void }) => m.scrollTo({ top: 900 }));
      const id = await insertMessage(db, { conversationId: cw, channel: 'whatsapp', senderId: w, sentAt: new Date().toISOString(), text: 'This one came in live' });
      await stack.publishActivity({ recordId: '93', reason: 'message', conversationId: cw, messageId: id });
      await p.waitForSelector('.unseen button');
    });
  } finally { await browser.close(); }
}, 120_000);
