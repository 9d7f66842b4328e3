/*
 * One mail is one message, whichever provider posts it and from whichever history it is fetched.
 */
import type { HistoryBody } from '@kith/ingest/provider';
import { openEgress } from '@kith/ingest/testing';
import {
  buildMail,
  createMailgunSender,
  createMimeSender,
  createNylasSender,
  createPostmarkSender,
  createSendgridSender,
  createSesSender,
  createUnipileMailSender,
  type Mail,
  type MailSender,
  openProviderHost,
  type ProviderHost,
} from '@kith/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mountAccount, questionOf, readBodies, walkHistory } from '../test/account.ts';
import { type Dovecot, findDovecot, startDovecot } from '../test/dovecot.ts';

const plain: Mail = {
  messageId: 'plain@lima.example',
  date: '2026-11-22T16:59:00.000Z',
  from: { name: 'Ana Lima', address: 'ana@lima.example' },
  to: [{ name: 'Acme Support', address: 'support@acme.example' }],
  cc: [{ name: null, address: 'sales@acme.example' }],
  subject: 'Offer 2231',
  text: 'Hello Tom,\n\nhere is the offer: 12 chairs <oak> & 2 tables.\n\n> Can you send it?\n\nAna',
  inReplyTo: 'first@acme.example',
  references: ['root@acme.example', 'first@acme.example'],
};
const html = [
  '<html><head><style>p { color: red }</style></head><body><p>Olá <b>Tom</b>,&nbsp;here it is:</p>',
  '<ol><li>12 chairs</li></ol><a href="https://lima.example/offer">the offer</a></body></html>',
].join('');
const content = Buffer.from(Array.from({ length: 300 }, (_, index) => index % 256));
const pdf = { name: 'Offer 2231.pdf', type: 'application/pdf', content };

/** What mails differ in, as different providers give it. */
const mails: Record<string, Mail> = {
  'plain text': plain,
  'text and HTML that say it in other words': { ...plain, messageId: 'html@lima.example', html },
  files: {
    ...plain,
    messageId: 'files@lima.example',
    attachments: [pdf, { ...pdf, name: 'Annex (1).docx' }],
  },
  'pictures in the text': {
    ...plain,
    messageId: 'inline@lima.example',
    html: `${html}<img src="cid:logo@lima" alt="Logo">`,
    attachments: [
      pdf,
      { name: 'logo.png', type: 'image/png', content, contentId: 'logo@lima' },
      {
        name: 'invite.ics',
        type: 'text/calendar',
        content: Buffer.from('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n'),
      },
    ],
  },
  'words that are not ASCII': {
    ...plain,
    messageId: 'words@lima.example',
    from: { name: 'Zoë 田中', address: 'ana@lima.example' },
    subject: 'Grüße aus Łódź, 田中さん — ваш заказ',
    text: 'Ça va? 田中さん、これが見積です。',
    html: '<p>&Ccedil;a va? 田中さん、これが見積です。</p>',
    attachments: [
      { ...pdf, name: 'Übersicht – 田中.pdf' },
      { ...pdf, name: 'смета.xlsx' },
    ],
  },
};

const path = findDovecot();
if (path === null) {
  // oxlint-disable-next-line no-console -- a run that leaves it out must not look like one that does not.
  console.warn('MAILBOXES ARE LEFT OUT OF THE TEST OF ONE MAIL: install dovecot-imapd');
}

describe('one mail is one message', () => {
  let host: ProviderHost;
  let dovecot: Dovecot | null;
  let egress: ReturnType<typeof openEgress>;
  let access: { apiKey: string; baseUrl: string };

  beforeAll(async () => {
    host = await openProviderHost({ unipile: { apiKey: 'key' }, nylas: { apiKey: 'key' } });
    access = { apiKey: 'key', baseUrl: host.url };
    const all = { mails: Object.values(mails) };
    host.tellNylas({ grantId: 'g1' }, all);
    host.tellUnipile({ apiVersion: 'v1', accountId: 'a1', network: 'GOOGLE' }, all);
    host.tellUnipile({ apiVersion: 'v2', accountId: 'a2', network: 'GOOGLE' }, all);
    dovecot = path === null ? null : await startDovecot(path);
    if (dovecot !== null) {
      await using client = await dovecot.logIn('one');
      for (const mail of all.mails) await client.append('INBOX', buildMail(mail));
    }
    const mailServer = dovecot === null ? [] : [`127.0.0.1:${dovecot.port}`];
    egress = openEgress({ allowed: [new URL(host.url).host, ...mailServer] });
  });

  afterAll(async () => {
    await egress?.close();
    await host?.[Symbol.asyncDispose]();
    await dovecot?.[Symbol.asyncDispose]();
  });

  const senders = (): Record<string, MailSender> => ({
    mime: createMimeSender(),
    postmark: createPostmarkSender(),
    sendgrid: createSendgridSender(),
    'sendgrid, raw': createSendgridSender({ raw: true }),
    mailgun: createMailgunSender(),
    'mailgun, raw': createMailgunSender({ raw: true }),
    ses: createSesSender(),
    nylas: createNylasSender({ ...access, grantId: 'g1' }),
    'unipile v1': createUnipileMailSender({ ...access, apiVersion: 'v1', accountId: 'a1' }),
    'unipile v2': createUnipileMailSender({ ...access, apiVersion: 'v2', accountId: 'a2' }),
  });

  /** The ids of the messages in bodies, each with the first id of its thread. */
  const idsOf = async (
    ...[bodies, guard]: Parameters<typeof readBodies>
  ): Promise<Map<string | undefined, string>> => {
    const items = await readBodies(bodies, guard);
    return new Map(
      items.map((item) => {
        if (item.kind !== 'message' || !('messageIds' in item.conversation))
          throw new Error(JSON.stringify(item));
        return [item.conversation.messageIds[0], item.externalId];
      }),
    );
  };

  const posted = async (sender: MailSender, mail: Mail): Promise<string | undefined> => {
    const { headers, body } = sender.send(mail, {
      nowMs: Date.parse(mail.date),
      url: 'https://hooks.example/',
    });
    const contentType = headers['content-type'] ?? null;
    const given: HistoryBody = { provider: sender.provider, body, contentType };
    return (await idsOf([given], mountAccount(sender.provider, sender.secrets, egress))).get(mail.messageId);
  };

  test.each(Object.entries(mails))('with %s, however it is posted', async (_, mail) => {
    const ids: Record<string, string | undefined> = {};
    for (const [name, sender] of Object.entries(senders())) ids[name] = await posted(sender, mail);
    const expected = ids['mime'];
    expect(expected).toMatch(/^[\w-]{43}$/);
    expect(ids).toEqual(Object.fromEntries(Object.keys(ids).map((name) => [name, expected])));
  });

  const histories: [name: string, provider: string, secrets: () => object, settings: () => object][] = [
    ['nylas', 'nylas', () => ({ webhookSecret: 's', ...access }), () => ({})],
    ['unipile v1', 'unipile', () => ({ webhookSecret: 's', apiVersion: 'v1', ...access }), () => ({})],
    ['unipile v2', 'unipile', () => ({ webhookSecret: 's', apiVersion: 'v2', ...access }), () => ({})],
  ];
  if (path !== null) {
    const imap = () => ({ host: '127.0.0.1', port: dovecot?.port, secure: false, user: 'one' });
    const secrets = () => ({ username: 'u', password: 'p', imapPassword: dovecot?.password });
    histories.push(['a mailbox behind postmark', 'postmark', secrets, () => ({ imap: imap() })]);
  }

  test.each(histories)('as the history of %s has it', async (_, provider, secrets, settings) => {
    const guard = mountAccount(provider, secrets(), egress);
    const { bodies } = await walkHistory(guard, questionOf({ settings: { ...settings() } }));
    const mime = createMimeSender();
    const expected = new Map<string | undefined, string | undefined>();
    for (const mail of Object.values(mails)) expected.set(mail.messageId, await posted(mime, mail));
    expect(await idsOf(bodies)).toEqual(expected);
  });
});
