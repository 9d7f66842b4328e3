/* What a message says: its text, or a place or a choice in words, and its files, which lie at Twilio. */
import type { RemoteAttachment } from '@kith/ingest/provider';
import { numberOf } from '@kith/ingest/loose-json';
import { fileNameOf, fileTypeOf } from '../chat/files.ts';
import type { Parameters } from './form.ts';

/** Twilio sends ten at most. */
const filesMax = 100;
const urlCharsMax = 4_000;

/** The text; where somebody wrote none, what they chose, where they are, or the advert they came from. */
export function textIn(get: Parameters): string {
  const written =
    get('Body') ?? get('ButtonText') ?? get('ListTitle') ?? placeIn(get) ?? get('ReferralHeadline');
  if (written !== null) return written;
  return get('MediaUrl0') === null ? `[${(get('MessageType') ?? 'empty message').slice(0, 100)}]` : '';
}

function placeIn(get: Parameters): string | null {
  const latitude = numberOf(get('Latitude'));
  const longitude = numberOf(get('Longitude'));
  const coordinates = latitude === null || longitude === null ? null : `${latitude}, ${longitude}`;
  const texts = [get('Label'), get('Address'), coordinates].filter((text) => text !== null);
  return texts.length === 0 ? null : texts.join('\n');
}

/** The files: `MediaUrl0` and what follows, whatever `NumMedia` says. */
export function filesOf(get: Parameters, messageId: string): RemoteAttachment[] {
  const files: RemoteAttachment[] = [];
  for (let n = 0; n < filesMax; n += 1) {
    const url = get(`MediaUrl${n}`);
    if (url === null) break;
    if (url.length > urlCharsMax) continue;
    const type = fileTypeOf(get(`MediaContentType${n}`));
    files.push({
      name: fileNameOf(get(`MediaFilename${n}`), { kind: kindOf(type), type }),
      type,
      media: {
        key: `twilio:${messageId.slice(0, 450)}:${n}`,
        size: null,
        locator: { url, accountSid: get('AccountSid')?.slice(0, 100) ?? '' },
      },
      contentId: null,
      inline: false,
    });
  }
  return files;
}

function kindOf(type: string): string {
  const [kind = ''] = type.split('/');
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'document';
}
