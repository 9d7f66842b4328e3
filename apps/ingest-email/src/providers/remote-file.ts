import { createHash } from 'node:crypto';
import { numberOf } from '@kith/ingest/loose-json';
import type { MediaLocator } from '@kith/ingest/provider';
import type { RemoteFile } from '../mail/mail-fields.ts';

/** What a provider says of a file whose bytes it keeps; `index` tells apart those of one mail that have no id. */
interface GivenFile {
  name: string | null;
  type: string | null;
  contentId: string | null;
  size: unknown;
  locator: MediaLocator;
  index: number;
}

/** A file that is fetched later, with `fetchMedia` of this provider. The key is a digest, because ids may be long. */
export function remoteFile(provider: string, { size, locator, index, ...named }: GivenFile): RemoteFile {
  const bytes = numberOf(size);
  const found = JSON.stringify([locator, locator['attachment'] === '' ? index : null]);
  return {
    ...named,
    media: {
      key: `${provider}:${createHash('sha256').update(found).digest('hex')}`,
      size: bytes !== null && Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null,
      locator,
    },
  };
}
