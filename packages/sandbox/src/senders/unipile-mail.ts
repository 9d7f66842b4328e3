/*
 * `unipile` on the channel email: `mail_received` of v1 (https://developer.unipile.com/docs/new-emails-webhook), and
 * `email.new` of v2. Files stay at Unipile. With `complete: false` Unipile has not read the mail yet when it tells of
 * it, and only its API has the body: `apiMail` is what that answers.
 */
import { headerOf } from '../mail/build-mail.ts';
import type { Mail, MailAttachment, Mailbox } from '../mail/mail.ts';
import type { MailSender } from './sender.ts';
import { hexId, urlId } from './stable-ids.ts';
import { createUnipileWebhook, unipileEvent, type UnipileOptions } from './unipile.ts';

/** A mailbox that is connected to Unipile. */
export interface UnipileMailOptions extends UnipileOptions {
  accountId?: string;
  complete?: boolean;
}

/** Unipile also has an API, from which mails and files are fetched. */
export interface UnipileMailSender extends MailSender {
  /** The id of a mail, and of a file in it, in the API. */
  mailId(mail: Mail): string;
  attachmentId(mail: Mail, index: number): string;
  /** The mail as the API answers it. */
  apiMail(mail: Mail): object;
}

/** A mailbox at Unipile. */
export function createUnipileMailSender({
  accountId = urlId('unipile', 'mail account', 22),
  complete = true,
  ...options
}: UnipileMailOptions = {}): UnipileMailSender {
  const webhook = createUnipileWebhook(options);
  const isV1 = webhook.apiVersion === 'v1';
  const whole = (mail: Mail) => (isV1 ? v1Mail(mail, accountId) : v2Mail(mail));
  return {
    provider: 'unipile',
    secrets: webhook.secrets,
    send: (mail, sending) => {
      const content = complete ? whole(mail) : withoutBody(whole(mail));
      if (isV1) return webhook.post({ ...content, event: 'mail_received', webhook_name: 'kith' }, sending);
      const id = urlId('unipile event', mail.messageId, 26);
      const event = { id, accountId, provider: 'google', nowMs: sending.nowMs };
      return webhook.post(unipileEvent('email.new', content, event), sending);
    },
    mailId: mailIdOf,
    attachmentId: attachmentIdOf,
    apiMail: (mail) => ({ ...whole(mail), headers: pairsOf(mail) }),
  };
}

/** Unipile's id of a mail, and of a file in it. */
export const mailIdOf = (mail: Mail): string => urlId('unipile mail', mail.messageId, 22);
export const attachmentIdOf = (mail: Mail, index: number): string =>
  urlId('unipile mail attachment', `${mail.messageId} ${index}`, 32);

/** The header, as the API tells it. */
export const pairsOf = (mail: Mail) => headerOf(mail).map(([name, value]) => ({ name, value }));

const withoutBody = (content: object) => ({ ...content, body: '', body_plain: '', is_complete: false });

/** A mail as v1 tells it. */
export function v1Mail(mail: Mail, accountId: string) {
  const { inReplyTo, attachments = [] } = mail;
  return {
    email_id: mailIdOf(mail),
    account_id: accountId,
    date: mail.date,
    from_attendee: attendeeOf(mail.from),
    to_attendees: mail.to.map(attendeeOf),
    bcc_attendees: [],
    cc_attendees: (mail.cc ?? []).map(attendeeOf),
    reply_to_attendees: [],
    provider_id: hexId('unipile provider', mail.messageId, 16),
    message_id: `<${mail.messageId}>`,
    has_attachments: attachments.length > 0,
    subject: mail.subject,
    body: htmlOf(mail),
    body_plain: mail.text,
    attachments: attachments.map((file, index) => v1Attachment(mail, file, index)),
    folders: ['INBOX'],
    role: 'inbox',
    read_date: null,
    is_complete: true,
    in_reply_to:
      inReplyTo === undefined
        ? null
        : { message_id: `<${inReplyTo}>`, id: urlId('unipile mail', inReplyTo, 22) },
    tracking_id: hexId('unipile tracking', mail.messageId, 24),
    origin: 'external',
  };
}

function v1Attachment(mail: Mail, { name, type, content, contentId }: MailAttachment, index: number) {
  return {
    id: attachmentIdOf(mail, index),
    name,
    extension: name.split('.').at(-1) ?? '',
    size: content.length,
    mime: type,
    ...(contentId === undefined ? {} : { cid: contentId }),
  };
}

/** A mail as v2 tells it. */
export function v2Mail(mail: Mail) {
  const attachments = mail.attachments ?? [];
  return {
    object: 'Email',
    id: mailIdOf(mail),
    message_id: `<${mail.messageId}>`,
    thread_id: hexId('unipile thread', mail.references?.[0] ?? mail.messageId, 16),
    subject: mail.subject,
    body: htmlOf(mail),
    snippet: mail.text.replaceAll(/\s+/g, ' ').slice(0, 200),
    headers: pairsOf(mail),
    from: [v2Person(mail.from)],
    to: mail.to.map(v2Person),
    cc: (mail.cc ?? []).map(v2Person),
    bcc: [],
    reply_to: [],
    date: mail.date,
    attachments: attachments.map((file, index) => ({
      object: 'Attachment',
      id: attachmentIdOf(mail, index),
      filename: file.name,
      file_size: file.content.length,
      mimetype: file.type,
      ...(file.contentId === undefined ? {} : { cid: file.contentId }),
    })),
    folders: ['INBOX'],
    is_unread: true,
  };
}

const attendeeOf = ({ name, address }: Mailbox) => ({
  display_name: name ?? '',
  identifier: address,
  identifier_type: 'EMAIL_ADDRESS',
});

const v2Person = ({ name, address }: Mailbox) => ({
  email: address,
  ...(name === null ? {} : { display_name: name }),
});

/** Mailboxes give HTML also of what was written as text. */
const htmlOf = ({ html, text }: Mail): string =>
  html ??
  `<div>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>')}</div>`;
