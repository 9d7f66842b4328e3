/*
 * The files of a mail as attachments: names that are only names, types that are only types.
 *
 * A file is inline when the HTML body shows it, whatever its disposition says: mail programs mark documents as
 * `inline` that a reader expects among the attachments.
 */
import type { ParsedAttachment } from '@kith/ingest/provider';
import { contentIdsIn } from './html-content-ids.ts';
import type { MailFields, MailFile } from './mail-fields.ts';
import { plainLine } from './plain-line.ts';

const mimeType = /^[a-z0-9][\w.+-]*\/[\w.+-]+$/;

/** The attachments of a mail, in its order. */
export function attachmentsOf(fields: Pick<MailFields, 'files' | 'html'>): ParsedAttachment[] {
  const shown = contentIdsIn(fields.html ?? '');
  return fields.files.map((file, index) => {
    const type = typeOf(file);
    const contentId = file.contentId?.replace(/^[\s<]+|[\s>]+$/g, '') || null;
    return {
      name: nameOf(file, index, type),
      type,
      contentId,
      inline: contentId !== null && shown.has(contentId),
      ...('bytes' in file ? { bytes: file.bytes } : { media: file.media }),
    };
  });
}

function typeOf(file: MailFile): string {
  const [type = ''] = (file.type ?? '').split(';');
  const plain = type.trim().toLowerCase();
  return mimeType.test(plain) ? plain : 'application/octet-stream';
}

function nameOf(file: MailFile, index: number, type: string): string {
  const name =
    plainLine(file.name ?? '')
      .split(/[/\\]/)
      .at(-1)
      ?.trim() ?? '';
  if (!/^\.*$/.test(name)) return name;
  return type === 'message/rfc822' ? `message-${index + 1}.eml` : `attachment-${index + 1}`;
}
