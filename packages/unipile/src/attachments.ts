/*
 * The files of a chat's message. Unipile posts none, it says where they are; some of what it calls attachments are no
 * files (a shared post, a meeting, a place), and give the text that the message shows.
 *
 * v1's field names differ from its documents: `attachment_id`, `attachment_type` beside `id`, `type`; a single one is
 * an object, and `size` may be that of a picture.
 */
import {
  field,
  firstText,
  isSet,
  listOf,
  type Loose,
  numberOf,
  objectOf,
  textOf,
} from '@kith/ingest/loose-json';
import type { MediaLocator, RemoteAttachment } from '@kith/ingest/provider';
import type { Chat } from './chat.ts';
import type { UnipileEvent } from './events.ts';
import { firstId, hashOf } from './ids.ts';

const attachmentsMax = 2_000;
const keyCharsMax = 500;

/** Unipile's words for a file, with the type of one that tells none. */
const fileTypes = new Map([
  ['img', 'image/jpeg'],
  ['image', 'image/jpeg'],
  ['sticker', 'image/webp'],
  ['video', 'video/mp4'],
  ['audio', 'application/octet-stream'],
  ['file', 'application/octet-stream'],
  ['document', 'application/octet-stream'],
]);

/** The attachments of a message: a list, or one alone. */
export function attachmentsOf({ payload }: UnipileEvent): readonly Loose[] {
  const told = field(payload, 'attachments');
  const list = Array.isArray(told) ? listOf(told) : [told];
  return list.slice(0, attachmentsMax).flatMap((entry) => {
    const attachment = objectOf(entry);
    return attachment === null || Object.keys(attachment).length === 0 ? [] : [attachment];
  });
}

/** Whether an attachment is a file that can be fetched. */
export function isFile(attachment: Loose): boolean {
  const type = typeOf(attachment);
  return type === null ? mimeOf(attachment) !== null : fileTypes.has(type);
}

/** A file as the message names it. */
export function toRemote(
  attachment: Loose,
  index: number,
  message: { event: UnipileEvent; chat: Chat; id: string },
): RemoteAttachment {
  const { id } = message;
  const attachmentId = firstId(attachment, 'attachment_id', 'id');
  const type = mimeOf(attachment) ?? fileTypes.get(typeOf(attachment) ?? '') ?? 'application/octet-stream';
  const key = `unipile:${id}:${attachmentId ?? `#${index}`}`;
  return {
    name: (nameOf(attachment) ?? typeOf(attachment) ?? 'file').slice(0, 300),
    type: type.slice(0, 200),
    contentId: null,
    inline: false,
    media: {
      key: key.length <= keyCharsMax ? key : `unipile:sha256:${hashOf(key)}`,
      size: sizeOf(attachment),
      locator: locatorOf(attachment, attachmentId, message),
    },
  };
}

/** What a message shows of an attachment that is no file. */
export function sharedText(attachment: Loose): string | null {
  const lines = [
    firstText(attachment, 'title', 'attachment_name', 'name'),
    firstText(attachment, 'description', 'content'),
    firstText(attachment, 'url', 'attachment_url'),
  ];
  return lines.filter((line) => line !== null && !line.startsWith('att://')).join('\n') || null;
}

/** What `fetchMedia` needs; only text, because it travels through NATS. */
function locatorOf(
  attachment: Loose,
  attachmentId: string | null,
  { event, chat, id }: { event: UnipileEvent; chat: Chat; id: string },
): MediaLocator {
  const { version, accountId, payload } = event;
  const isGone = ['unavailable', 'is_unavailable'].some((key) => isSet(field(attachment, key)));
  return {
    version,
    accountId: accountId ?? '',
    chatId: chat.providerId ?? '',
    messageId: version === 'v1' ? (firstId(payload, 'message_id') ?? id) : id,
    attachmentId: isGone ? '' : (attachmentId ?? ''),
  };
}

function typeOf(attachment: Loose): string | null {
  return firstText(attachment, 'attachment_type', 'type')?.toLowerCase() ?? null;
}

function mimeOf(attachment: Loose): string | null {
  return firstText(attachment, 'mimetype', 'mime_type', 'mime');
}

function nameOf(attachment: Loose): string | null {
  return firstText(attachment, 'file_name', 'filename', 'attachment_name', 'name');
}

function sizeOf(attachment: Loose): number | null {
  for (const key of ['attachment_size', 'file_size', 'size']) {
    const size = numberOf(textOf(field(attachment, key)));
    if (size !== null && Number.isSafeInteger(size) && size >= 0) return size;
  }
  return null;
}
