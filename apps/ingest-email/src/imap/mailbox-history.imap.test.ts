/* What is fetched from a mailbox, over a real Dovecot. */
import type { HistoryAnswer, HistoryBody, HistoryQuestion } from '@kith/ingest/provider';
import { openEgress } from '@kith/ingest/testing';
import { buildMail, type Mail } from '@kith/sandbox';
import type { ImapFlow } from 'imapflow';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pageOf, readBodies } from '../../test/account.ts';
import { type Dovecot, findDovecot, startDovecot } from '../../test/dovecot.ts';
import { imap } from '../providers/imap.ts';
import { mailBytesMax } from './left-out.ts';

const path = findDovecot();
if (path === null) {
  // oxlint-disable-next-line no-console -- a run that skips them must not look like one that does not.
  console.warn('THE TESTS OF MAILBOXES ARE SKIPPED: install dovecot-imapd');
}

const until = '2026-11-24T00:00:00.000Z';
const everything = { identifiers: null, since: null, until };
const ana = 'ana@lima.example';

describe.skipIf(path === null)('the history of a mailbox', () => {
  let dovecot: Dovecot;
  const egresses: ReturnType<typeof openEgress>[] = [];

  beforeAll(async () => {
    dovecot = await startDovecot(path ?? '');
  });

  afterAll(async () => {
    await Promise.all(egresses.map((egress) => egress.close()));
    await dovecot?.[Symbol.asyncDispose]();
  });

  type Asked = Pick<HistoryQuestion, 'identifiers' | 'since' | 'until'> & { folders?: string[] };

  /** Asks as a process does that was started just now: nothing of an earlier connection is left. */
  const asker = (user: string, given: { server?: Dovecot; password?: string; isNamed?: boolean } = {}) => {
    const { server = dovecot, isNamed = true } = given;
    const { password = server.password } = given;
    const egress = openEgress({ allowed: isNamed ? [`127.0.0.1:${server.port}`] : [] });
    egresses.push(egress);
    const guard = imap.guard({ imapPassword: password }, { egress });
    if (guard === null) throw new Error('the account was not mounted');
    return ({ folders, ...asked }: Asked, cursor: string | null): Promise<HistoryAnswer> => {
      const mailbox = { host: '127.0.0.1', port: server.port, secure: false, user };
      const settings = { imap: folders === undefined ? mailbox : { ...mailbox, folders } };
      return guard.fetchHistory({ ...asked, accountId: 'support', settings, cursor });
    };
  };

  /** Every page from a cursor on, with the cursor that leads to it. */
  const walk = async (ask: ReturnType<typeof asker>, asked: Asked, from: string | null = null) => {
    const pages: { cursor: string | null; bodies: readonly HistoryBody[]; total: number | null }[] = [];
    let cursor = from;
    do {
      const page = await pageOf(ask(asked, cursor));
      pages.push({ cursor, bodies: page.bodies, total: page.total ?? null });
      cursor = page.next;
    } while (cursor !== null);
    return pages;
  };

  const subjectsOf = async (ask: ReturnType<typeof asker>, asked: Asked, from: string | null = null) =>
    subjects((await walk(ask, asked, from)).flatMap(({ bodies }) => bodies));

  test('is what concerns a person, in every folder but drafts, spam and trash', async () => {
    await using client = await dovecot.logIn('people');
    await client.mailboxCreate('Clients/2025');
    await client.mailboxCreate('Trash/old');
    await fill(client, 'INBOX', [
      { ...mail(1), from: { name: null, address: ana } },
      mail(2),
      { ...mail(3), cc: [{ name: 'Ana Lima', address: 'Ana@LIMA.example' }] },
    ]);
    await fill(client, 'Sent', [{ ...mail(4), to: [{ name: null, address: ana }] }]);
    await fill(client, 'Clients/2025', [{ ...mail(5), headers: [['Bcc', ana]] }, mail(6)]);
    for (const folder of ['Drafts', 'Junk', 'Trash', 'Trash/old']) {
      await fill(client, folder, [{ ...mail(7), from: { name: null, address: ana } }]);
    }
    await client.append('INBOX', buildMail({ ...mail(8), to: [{ name: null, address: ana }] }), ['\\Draft']);
    const others = Array.from({ length: 45 }, (_, index) => `nobody-${index}@other.example`);
    const identifiers = [...others, ana].map((value) => ({ kind: 'email' as const, value }));
    expect(await subjectsOf(asker('people'), { ...everything, identifiers })).toEqual([
      'Mail 3',
      'Mail 1',
      'Mail 5',
      'Mail 4',
    ]);
    const inSent = { ...everything, identifiers, folders: ['Sent', 'Junk', 'Nowhere'] };
    expect(await subjectsOf(asker('people'), inSent)).toEqual(['Mail 7', 'Mail 4']);
    const phone = { ...everything, identifiers: [{ kind: 'phone' as const, value: '+5511987654321' }] };
    expect(await asker('people')(phone, null)).toMatchObject({ ended: 'failed', reason: 'no_identifiers' });
  });

  test('is what was sent within a time, to the second, whenever it was filed', async () => {
    await using client = await dovecot.logIn('times');
    const sentAt = [
      '2025-01-01T12:00:00Z',
      '2025-01-02T12:00:00Z',
      '2025-01-03T12:00:00Z',
      '2026-05-01T12:00:00Z',
    ];
    for (const [index, date] of sentAt.entries()) {
      // The first two came to this server long after they were sent.
      const filedAt = index < 2 ? '2026-04-01T12:00:00Z' : date;
      await client.append('INBOX', buildMail({ ...mail(index + 1), date }), [], new Date(filedAt));
    }
    const asked = { identifiers: null, since: '2025-01-02T12:00:00.000Z', until: '2025-01-03T12:00:00.000Z' };
    expect(await subjectsOf(asker('times'), asked)).toEqual(['Mail 2']);
    expect(await subjectsOf(asker('times'), { ...asked, since: null })).toEqual(['Mail 2', 'Mail 1']);
    expect(await subjectsOf(asker('times'), { ...asked, until })).toEqual(['Mail 4', 'Mail 3', 'Mail 2']);
  });

  test('goes on from any of its cursors, in another process, and is complete', async () => {
    await using client = await dovecot.logIn('pages');
    await fill(client, 'INBOX', range(1, 110).map(mail));
    await fill(client, 'Sent', range(111, 165).map(mail));
    await client.mailboxOpen('INBOX');
    await client.messageDelete(
      range(20, 60)
        .filter((uid) => uid % 3 === 0)
        .join(','),
      { uid: true },
    );
    const pages = await walk(asker('pages'), everything);
    const all = await subjects(pages.flatMap(({ bodies }) => bodies));
    const kept = range(1, 110).filter((number) => number < 20 || number > 60 || number % 3 !== 0);
    expect(all).toEqual(
      [...kept.toReversed(), ...range(111, 165).toReversed()].map((number) => `Mail ${number}`),
    );
    expect(pages.map(({ total }) => total)).toEqual(pages.map(() => all.length));
    expect(pages.length).toBeGreaterThan(3);
    for (const { cursor } of pages) {
      const seen = pages.slice(
        0,
        pages.findIndex((page) => page.cursor === cursor),
      );
      const before = await subjects(seen.flatMap(({ bodies }) => bodies));
      expect(await subjectsOf(asker('pages'), everything, cursor)).toEqual(all.slice(before.length));
    }
    expect(await asker('pages')(everything, '{"no":"place"}')).toEqual({ ended: 'cursor_expired' });
  });

  test('begins a folder anew whose UIDs mean other mails, and leaves one behind that is gone', async () => {
    await using client = await dovecot.logIn('changes');
    for (const folder of ['A', 'B', 'C']) await client.mailboxCreate(folder);
    await fill(client, 'A', range(1, 60).map(mail));
    await fill(client, 'B', [mail(100)]);
    await fill(client, 'C', [mail(200)]);
    const ask = asker('changes');
    const { next } = await pageOf(ask(everything, null));
    await client.mailboxDelete('A');
    await client.mailboxCreate('A');
    // More than were left of it: none may be taken for one that was fetched.
    await fill(client, 'A', range(1, 12).map(mail));
    await client.mailboxDelete('B');
    expect(await subjectsOf(ask, everything, next)).toEqual([
      ...range(1, 12)
        .toReversed()
        .map((number) => `Mail ${number}`),
      'Mail 200',
    ]);
    await client.mailboxDelete('A');
    expect(await subjectsOf(asker('changes'), everything, next)).toEqual(['Mail 200']);
  });

  test('says so where a mail is too large, and reads one whose header is broken', async () => {
    await using client = await dovecot.logIn('odd');
    const broken = Buffer.from(
      'From: =?x?Q?\xff <ana@lima.example\r\nTo; nobody\r\nSubject: Mail \xe9\r\n\tfolded\r\nDate: soon\r\n\r\ntext\r\n',
      'latin1',
    );
    await client.append('INBOX', broken, [], new Date('2026-01-01T00:00:00Z'));
    await client.append(
      'INBOX',
      Buffer.concat([buildMail(mail(1)), Buffer.alloc(mailBytesMax, 'a\r\n')]),
      [],
    );
    await fill(client, 'INBOX', [mail(2)]);
    const items = await readBodies((await walk(asker('odd'), everything)).flatMap(({ bodies }) => bodies));
    expect(items).toMatchObject([
      { kind: 'message', subject: 'Mail 2' },
      { kind: 'unreadable', reason: 'content_not_included', detail: expect.stringContaining('left out') },
      { kind: 'message', subject: 'Mail é folded', text: 'text' },
    ]);
    expect(await asker('odd')(everything, null)).toMatchObject({ ended: 'page' });
  });

  test('fails with its reason where the login is refused or the server may not be asked', async () => {
    expect(await asker('ana', { password: 'wrong' })(everything, null)).toEqual({
      ended: 'failed',
      reason: 'credentials_refused',
      detail: expect.stringContaining('AUTHENTICATIONFAILED'),
    });
    expect(await asker('ana', { isNamed: false })(everything, null)).toEqual({
      ended: 'failed',
      reason: 'not_found',
      detail: 'settings.imap: the address is not a public one',
    });
  });

  test('is tried again when the server ends in the middle, and when it is not there', async () => {
    await using server = await startDovecot(path ?? '');
    await using client = await server.logIn('ana');
    await fill(client, 'INBOX', range(1, 60).map(mail));
    const ask = asker('ana', { server });
    const { next } = await pageOf(ask(everything, null));
    const asking = Promise.allSettled([ask(everything, next), ask(everything, null), ask(everything, null)]);
    await server.kill();
    for (const answer of await asking) {
      const value = answer.status === 'fulfilled' ? answer.value.ended : String(answer.reason);
      expect(value).toMatch(/^page$|^EgressFailed: no answer from the mail server \(\w+\)$/);
    }
    await expect(ask(everything, next)).rejects.toMatchObject({ name: 'EgressFailed' });
  });
});

function mail(number: number): Mail {
  return {
    messageId: `${number}@acme.example`,
    date: new Date(Date.UTC(2026, 0, 1, 0, 0, number)).toISOString(),
    from: { name: null, address: 'support@acme.example' },
    to: [{ name: null, address: 'tom@other.example' }],
    subject: `Mail ${number}`,
    text: `Text ${number}`,
  };
}

function range(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

async function fill(client: ImapFlow, folder: string, mails: readonly Mail[]): Promise<void> {
  for (const one of mails) await client.append(folder, buildMail(one), [], new Date(one.date));
}

async function subjects(bodies: readonly HistoryBody[]): Promise<(string | null)[]> {
  const items = await readBodies(bodies);
  return items.map((item) => (item.kind === 'message' ? item.subject : item.kind));
}
