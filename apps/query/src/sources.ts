import type { BlobStore } from '@kith/blobs';
import type { Bus } from '@kith/bus';
import type { Rows } from '@kith/database';
import type { Logger } from '@kith/service';
import type { FileLinks } from './files/file-links.ts';
import type { Live } from './live.ts';

/** What reads are answered from. There is no way to write here: `db` runs single statements only. */
export interface Sources {
  db: Rows;
  bus: Bus;
  live: Live;
  blobs: Pick<BlobStore, 'open'>;
  fileLinks: FileLinks;
  log: Logger;
}
