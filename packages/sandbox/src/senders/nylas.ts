/*
 * `nylas`: events of Nylas v3 (https://developer.nylas.com/docs/reference/notifications/#message-notifications), as
 * CloudEvents. A message of more than a megabyte comes without its body, as `message.created.truncated`. The header of
 * the mail is in none of them, only its API has it: `apiMessage` is what that answers.
 */
import { gzipSync } from 'node:zlib';
import { headerOf } from '../mail/build-mail.ts';
import type { Mail, MailAttachment, Mailbox } from '../mail/mail.ts';
import { hexHmac, jsonBytes, randomSecret } from './proofs.ts';
import type { MailSender } from './sender.ts';
import { hexId, urlId, uuidId } from './stable-ids.ts';

/** How the webhook is set up at Nylas, and which application and mailbox it is of. */
export interface NylasOptions {
  webhookSecret?: string;
  /** What the API is asked with; the account is connected without one where none is given. */
  apiKey?: string;
  baseUrl?: string;
  grantId?: string;
  /** "Compressed delivery" of the webhook. */
  gzip?: boolean;
  /** Leaves bodies out, as of large messages. */
  truncated?: boolean;
}

/** Nylas also has an API, from which messages and files are fetched. */
export interface NylasSender extends MailSender {
  /** The id of a mail, and of a file in it, in the API. */
  messageId(mail: Mail): string;
  attachmentId(mail: Mail, index: number): string;
  /** The message as `GET /v3/grants/{grant}/messages/{id}?fields=include_headers` answers it, inside `data`. */
  apiMessage(mail: Mail): object;
}

/** One mailbox of a Nylas application. */
export function createNylasSender({
  webhookSecret = randomSecret(),
  apiKey,
  baseUrl,
  grantId = uuidId('nylas', 'grant'),
  gzip = false,
  truncated = false,
}: NylasOptions = {}): NylasSender {
  return {
    provider: 'nylas',
    secrets: {
      webhookSecret,
      ...(apiKey === undefined ? {} : { apiKey }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
    },
    send: (mail, { nowMs }) => {
      const { body: text, ...rest } = messageOf(mail, grantId);
      const json = jsonBytes({
        specversion: '1.0',
        type: truncated ? 'message.created.truncated' : 'message.created',
        source: '/google/emails/realtime',
        id: uuidId('nylas event', mail.messageId),
        time: Math.floor(nowMs / 1000),
        webhook_delivery_attempt: 1,
        data: {
          application_id: uuidId('nylas', 'application'),
          object: truncated ? rest : { ...rest, body: text },
        },
      });
      // Nylas signs what it posts, so the zipped bytes where it zips.
      const body = gzip ? gzipSync(json) : json;
      return {
        headers: {
          'content-type': 'application/json',
          ...(gzip ? { 'content-encoding': 'gzip' } : {}),
          'x-nylas-signature': hexHmac(webhookSecret, body),
        },
        body,
      };
    },
    messageId: messageIdOf,
    attachmentId: attachmentIdOf,
    apiMessage: (mail) => ({
      ...messageOf(mail, grantId),
      headers: headerOf(mail).map(([name, value]) => ({ name, value })),
    }),
  };
}

const messageIdOf = (mail: Mail): string => hexId('nylas message', mail.messageId, 16);
const attachmentIdOf = (mail: Mail, index: number): string =>
  urlId('nylas attachment', `${mail.messageId} ${index}`, 40);

function messageOf(mail: Mail, grantId: string) {
  const thread = mail.references?.[0] ?? mail.messageId;
  return {
    object: 'message',
    id: messageIdOf(mail),
    grant_id: grantId,
    thread_id: hexId('nylas thread', thread, 16),
    subject: mail.subject,
    from: [personOf(mail.from)],
    to: mail.to.map(personOf),
    cc: (mail.cc ?? []).map(personOf),
    bcc: [],
    reply_to: [],
    body: mail.html ?? `<html><body>${escapeHtml(mail.text)}</body></html>`,
    snippet: mail.text.replaceAll(/\s+/g, ' ').slice(0, 200),
    date: Math.floor(Date.parse(mail.date) / 1000),
    unread: true,
    starred: false,
    folders: ['INBOX', 'UNREAD', 'CATEGORY_PERSONAL'],
    attachments: (mail.attachments ?? []).map((file, index) => attachmentOf(mail, { file, index, grantId })),
  };
}

function attachmentOf(
  mail: Mail,
  { file, index, grantId }: { file: MailAttachment; index: number; grantId: string },
) {
  const { name, type, content, contentId } = file;
  return {
    id: attachmentIdOf(mail, index),
    grant_id: grantId,
    filename: name,
    content_type: `${type}; name="${name}"`,
    size: content.length,
    is_inline: contentId !== undefined,
    ...(contentId === undefined ? {} : { content_id: contentId }),
    content_disposition: `${contentId === undefined ? 'attachment' : 'inline'}; filename="${name}"`,
  };
}

const personOf = ({ name, address }: Mailbox) => ({ name: name ?? '', email: address });

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
