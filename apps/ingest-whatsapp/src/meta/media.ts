/*
 * The file of a message. A webhook holds only its id at Meta, and sometimes a URL that lives for minutes; `link` is a
 * file of somebody else's, in what the account sent.
 */
import { createHash } from 'node:crypto';
import { cleanText } from '@kith/ingest/clean-text';
import { field, isSet, numberOf, textOf } from '@kith/ingest/loose-json';
import type { RemoteAttachment } from '@kith/ingest/provider';
import { idOf } from '../chat/conversations.ts';
import { fileNameOf, fileTypeOf } from '../chat/files.ts';

const idCharsMax = 400;
const urlCharsMax = 4_000;

/** The file of a message's part, in a list; empty where the part names none. */
export function mediaOf(part: unknown, kind: string): RemoteAttachment[] {
  const id = idOf(field(part, 'id'));
  const mediaId = id !== null && id.length <= idCharsMax ? id : null;
  const url = urlOf(field(part, 'url'));
  const link = urlOf(field(part, 'link'));
  const where = mediaId ?? url ?? link;
  if (where === null) return [];
  const type = fileTypeOf(field(part, 'mime_type'));
  const size = numberOf(field(part, 'file_size'));
  return [
    {
      name: fileNameOf(field(part, 'filename'), { kind: kindOf(part, kind), type }),
      type,
      media: {
        key: mediaId === null ? `meta:url:${digest(where)}` : `meta:${mediaId}`,
        size: size !== null && Number.isSafeInteger(size) && size >= 0 ? size : null,
        locator: {
          ...(mediaId === null ? {} : { mediaId }),
          ...(url === null ? {} : { url }),
          ...(mediaId === null && url === null && link !== null ? { link } : {}),
        },
      },
      contentId: null,
      inline: false,
    },
  ];
}

/** Types are words; whatever else stands there is no name for a file. */
function kindOf(part: unknown, kind: string): string {
  if (isSet(field(part, 'voice'))) return 'voice';
  return /^[a-z_]{1,30}$/.test(kind) ? kind : 'file';
}

function urlOf(value: unknown): string | null {
  const text = textOf(cleanText(textOf(value) ?? ''));
  return text !== null && text.length <= urlCharsMax && /^https?:/i.test(text) ? text : null;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
