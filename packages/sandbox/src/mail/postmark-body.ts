/*
 * A mail as Postmark's inbound webhook posts it (https://postmarkapp.com/developer/webhooks/inbound-webhook): JSON with
 * the decoded bodies, and the ids of the thread among `Headers`.
 */
import { createHash } from 'node:crypto';
import { mailDate } from './build-mail.ts';
import type { Mail, Mailbox } from './mail.ts';
import { showMailboxes } from './shown-header.ts';

/** The JSON that Postmark would post for `mail`. */
export function buildPostmarkBody(mail: Mail): string {
  const cc = mail.cc ?? [];
  return JSON.stringify({
    FromName: mail.from.name ?? '',
    MessageStream: 'inbound',
    From: mail.from.address,
    FromFull: fullMailbox(mail.from),
    To: showMailboxes(mail.to),
    ToFull: mail.to.map(fullMailbox),
    Cc: showMailboxes(cc),
    CcFull: cc.map(fullMailbox),
    Bcc: '',
    BccFull: [],
    OriginalRecipient: mail.to[0]?.address ?? '',
    Subject: mail.subject,
    MessageID: uuidFrom(mail.messageId),
    ReplyTo: '',
    MailboxHash: '',
    Date: mailDate(mail.date),
    TextBody: mail.text,
    HtmlBody: mail.html ?? '',
    StrippedTextReply: '',
    Tag: '',
    Headers: headersOf(mail),
    Attachments: (mail.attachments ?? []).map(({ name, type, content, contentId }) => ({
      Name: name,
      Content: content.toString('base64'),
      ContentType: type,
      ContentLength: content.length,
      ...(contentId === undefined ? {} : { ContentID: contentId }),
    })),
  });
}

function headersOf(mail: Mail): { Name: string; Value: string }[] {
  const headers = [{ Name: 'Message-ID', Value: `<${mail.messageId}>` }];
  if (mail.inReplyTo !== undefined) headers.push({ Name: 'In-Reply-To', Value: `<${mail.inReplyTo}>` });
  if (mail.references !== undefined && mail.references.length > 0) {
    headers.push({ Name: 'References', Value: mail.references.map((id) => `<${id}>`).join(' ') });
  }
  return [...headers, ...(mail.headers ?? []).map(([Name, Value]) => ({ Name, Value }))];
}

const fullMailbox = ({ name, address }: Mailbox) => ({ Email: address, Name: name ?? '', MailboxHash: '' });

/** Postmark's own id of the inbound mail: here a UUID that the message id determines. */
function uuidFrom(messageId: string): string {
  const hex = createHash('sha256').update(messageId).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
