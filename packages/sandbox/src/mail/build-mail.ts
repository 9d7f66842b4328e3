/*
 * A mail as the bytes that travel: RFC 5322 with MIME, CRLF line ends, seven-bit throughout.
 *
 * text alone, or multipart/alternative with HTML, either inside multipart/mixed when files come with it. The same
 * mail gives the same bytes: boundaries are made from the message id. It builds what common mail programs send, not
 * everything the RFCs allow.
 */
import { createHash } from 'node:crypto';
import { encodeMailbox, encodeParameter, encodeText, foldField } from './encoded-words.ts';
import type { Mail, MailAttachment, Mailbox } from './mail.ts';
import { encodeBase64, encodeBody } from './transfer-encoding.ts';

/** A part of a body: its header fields and its content, already encoded. */
interface Part {
  fields: [name: string, value: string][];
  content: string;
}

/** The bytes of `mail`, ready to be posted as `message/rfc822`. */
export function buildMail(mail: Mail): Buffer {
  const head = writeHeader(mail);
  return Buffer.from(`${head}\r\n\r\n${bodyOf(mail).content}\r\n`, 'latin1');
}

/** The header of `mail` as it travels, without the empty line that ends it. */
export function writeHeader(mail: Mail): string {
  return headerOf(mail)
    .map(([name, value]) => foldField(name, value))
    .join('\r\n');
}

/** The header's fields, not folded. */
export function headerOf(mail: Mail): [name: string, value: string][] {
  return [...headerFields(mail), ['MIME-Version', '1.0'], ...bodyOf(mail).fields];
}

/** A time as mail headers write it: `Sun, 22 Nov 2026 16:59:00 +0000`. */
export function mailDate(iso: string): string {
  return new Date(iso).toUTCString().replace('GMT', '+0000');
}

function headerFields(mail: Mail): [string, string][] {
  const fields: [string, string | undefined][] = [
    ['Date', mailDate(mail.date)],
    ['From', encodeMailbox(mail.from)],
    ['To', mailboxList(mail.to)],
    ['Cc', mailboxList(mail.cc ?? [])],
    ['Subject', encodeText(mail.subject)],
    ['Message-ID', `<${mail.messageId}>`],
    ['In-Reply-To', mail.inReplyTo === undefined ? undefined : `<${mail.inReplyTo}>`],
    ['References', mail.references?.map((id) => `<${id}>`).join(' ')],
    ...(mail.headers ?? []),
  ];
  return fields.flatMap(([name, value]) => (value === undefined || value === '' ? [] : [[name, value]]));
}

const mailboxList = (mailboxes: Mailbox[]): string => mailboxes.map(encodeMailbox).join(', ');

function bodyOf(mail: Mail): Part {
  const text = textPart('text/plain', mail.text);
  const readable =
    mail.html === undefined
      ? text
      : multipart('alternative', mail.messageId, [text, textPart('text/html', mail.html)]);
  const files = (mail.attachments ?? []).map(filePart);
  return files.length === 0 ? readable : multipart('mixed', mail.messageId, [readable, ...files]);
}

function textPart(type: string, text: string): Part {
  const { encoding, content } = encodeBody(text);
  return {
    fields: [
      ['Content-Type', `${type}; charset=utf-8`],
      ['Content-Transfer-Encoding', encoding],
    ],
    content,
  };
}

function filePart({ name, type, content, contentId }: MailAttachment): Part {
  const disposition = contentId === undefined ? 'attachment' : 'inline';
  return {
    fields: [
      ['Content-Type', `${type}; ${encodeParameter('name', name)}`],
      ['Content-Disposition', `${disposition}; ${encodeParameter('filename', name)}`],
      ['Content-Transfer-Encoding', 'base64'],
      ...(contentId === undefined ? [] : [['Content-ID', `<${contentId}>`] as [string, string]]),
    ],
    content: encodeBase64(content),
  };
}

function multipart(subtype: 'alternative' | 'mixed', messageId: string, parts: Part[]): Part {
  // "=_" occurs in neither quoted-printable nor base64, so encoded content cannot hold the boundary.
  const boundary = `=_${createHash('sha256').update(`${subtype} ${messageId}`).digest('hex').slice(0, 24)}`;
  const written = parts.map(({ fields, content }) => {
    const head = fields.map(([name, value]) => foldField(name, value)).join('\r\n');
    return `--${boundary}\r\n${head}\r\n\r\n${content}\r\n`;
  });
  return {
    fields: [['Content-Type', `multipart/${subtype}; boundary="${boundary}"`]],
    content: `${written.join('')}--${boundary}--`,
  };
}
