import type { BlobStore } from './blob-store.ts';
import { openDiskStore } from './disk-store.ts';
import { openS3Store, type S3Options } from './s3-store.ts';

/** Where blobs lie: a local directory or an S3 bucket. */
export type BlobStoreOptions = { dir: string } | { s3: S3Options };

/** Opens a store without touching it; `check` tells whether it works. */
export function openBlobStore(options: BlobStoreOptions): BlobStore {
  return 'dir' in options ? openDiskStore(options.dir) : openS3Store(options.s3);
}
