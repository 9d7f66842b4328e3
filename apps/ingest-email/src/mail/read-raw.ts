/*
 * Raw mail (RFC 5322, MIME) into fields, with the limits beyond which a mail is dead-lettered instead of read.
 *
 * Lenient: no header is required, broken MIME gives what can be read. Embedded messages stay attachments; their
 * text is not the sender's.
 */
import type { DeadLetterReason } from '@kith/contracts';
import type { Attachment, Email } from 'postal-mime';
import { countParts } from './count-parts.ts';
import type { MailFields } from './mail-fields.ts';
import { parseMime } from './parse-mime.ts';

/** Beyond these a mail is not read. The header limit leaves room for ten thousand recipients. */
export const mailLimits = { partsMax: 1_000, nestingMax: 100, headerBytesMax: 4_000_000 };

/** The mail's fields, or why it is not read. */
export type RawRead =
  | { ok: true; fields: MailFields }
  | { ok: false; reason: DeadLetterReason; detail: string };

/** Header fields of which every mail has at least one; without any, it is some other text. */
const mailHeaders = new Set(
  [
    'from sender reply-to to cc bcc subject date message-id in-reply-to references received return-path',
    'delivered-to mime-version content-type content-transfer-encoding x-mailer dkim-signature resent-from',
  ].flatMap((line) => line.split(' ')),
);

/** Reads raw mail. Rejects only for defects of the parser. */
export async function readRaw(mail: Uint8Array): Promise<RawRead> {
  const bytes = withoutLeadingBlank(mail);
  const parts = countParts(bytes, mailLimits.partsMax);
  if (parts > mailLimits.partsMax) {
    return refuse('too_many_parts', `${parts} MIME parts; at most ${mailLimits.partsMax} are read`);
  }
  const email = await parse(bytes);
  if ('ok' in email) return email;
  if (!email.headers.some((header) => mailHeaders.has(header.key))) {
    return refuse('not_a_message', 'no header field of a mail was found');
  }
  return { ok: true, fields: toFields(email) };
}

async function parse(bytes: Uint8Array): Promise<Email | Extract<RawRead, { ok: false }>> {
  try {
    return await parseMime(bytes, {
      maxNestingDepth: mailLimits.nestingMax,
      maxHeadersSize: mailLimits.headerBytesMax,
      forceRfc822Attachments: true,
    });
  } catch (err) {
    const message = err instanceof Error ? err.message : '';
    if (message.startsWith('Maximum MIME nesting depth')) {
      return refuse('too_deeply_nested', `parts nest deeper than ${mailLimits.nestingMax}`);
    }
    if (message.startsWith('Maximum header size')) {
      return refuse('headers_too_large', `headers are larger than ${mailLimits.headerBytesMax} bytes`);
    }
    throw err;
  }
}

function refuse(reason: DeadLetterReason, detail: string): Extract<RawRead, { ok: false }> {
  return { ok: false, reason, detail };
}

/** Some senders put a byte order mark or empty lines first, which would end the headers before they begin. */
function withoutLeadingBlank(mail: Uint8Array): Uint8Array {
  let start = mail[0] === 0xef && mail[1] === 0xbb && mail[2] === 0xbf ? 3 : 0;
  while (mail[start] === 0x0d || mail[start] === 0x0a) start += 1;
  return mail.subarray(start);
}

function toFields(email: Email): MailFields {
  return {
    headers: email.headers.map(({ key, value }) => ({ name: key, value })),
    text: email.text ?? null,
    html: email.html ?? null,
    files: email.attachments.map((attachment) => ({
      name: attachment.filename,
      type: typeOf(attachment),
      contentId: attachment.contentId ?? null,
      bytes: toBytes(attachment.content),
    })),
  };
}

/** The parser keeps one parameter of a type apart: what an invitation asks for. */
function typeOf({ mimeType, method }: Attachment): string {
  return method === undefined ? mimeType : `${mimeType}; method=${method}`;
}

function toBytes(content: Attachment['content']): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
}
