import { randomBytes } from 'node:crypto';
import type { PageStack } from './page-stack.ts';

const token = 'a token of this test';

/** Connects the account `support` (support@acme.example) that `postMail` posts to. */
export async function connectSupport({ kith }: PageStack): Promise<void> {
  await kith.write.accounts.upsert.mutate({
    accountId: 'support',
    channel: 'email',
    provider: 'mime',
    identifiers: ['support@acme.example'],
    secrets: { token },
  });
}

/** A mail as its sender wrote it; `html` makes it a multipart one. */
export interface MailWords {
  from: string;
  subject: string;
  text: string;
  html?: string;
  /** Besides support@acme.example. */
  cc?: string;
}

/** Posts a mail as the mail server of the account `support` does; resolves when it is durable. */
export async function postMail(stack: PageStack, mail: MailWords): Promise<void> {
  const response = await fetch(`${stack.ingestEmailUrl}/webhooks/mime/support`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'message/rfc822' },
    body: mimeOf(mail),
  });
  if (response.status !== 200) throw new Error(`the webhook was answered ${response.status}`);
}

/** The mail as it travels. */
export function mimeOf(mail: MailWords): string {
  const head = [
    `From: ${mail.from}`,
    'To: support@acme.example',
    ...(mail.cc === undefined ? [] : [`Cc: ${mail.cc}`]),
    `Subject: ${mail.subject}`,
    `Message-ID: <${randomBytes(8).toString('hex')}@page.example>`,
    `Date: ${new Date().toUTCString()}`,
    'MIME-Version: 1.0',
  ];
  const part = (type: string, body: string) =>
    [`Content-Type: text/${type}; charset=utf-8`, 'Content-Transfer-Encoding: 8bit', '', body].join('\r\n');
  if (mail.html === undefined) return `${head.join('\r\n')}\r\n${part('plain', mail.text)}\r\n`;
  const edge = randomBytes(8).toString('hex');
  return [
    ...head,
    `Content-Type: multipart/alternative; boundary="${edge}"`,
    '',
    `--${edge}`,
    part('plain', mail.text),
    `--${edge}`,
    part('html', mail.html),
    `--${edge}--`,
    '',
  ].join('\r\n');
}
