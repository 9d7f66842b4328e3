import type { BlobStore } from './blob-store.ts';
import { openDiskStore } from './disk-store.ts';
import type { S3Options } from './s3-store.ts';

/** Where blobs lie: a local directory or an S3 bucket. */
export type BlobStoreOptions = { dir: string } | { s3: S3Options };

/** Opens a store without touching it; `check` tells whether it works. */
export function openBlobStore(options: BlobStoreOptions): BlobStore {
  return 'dir' in options ? openDiskStore(options.dir) : openLater(loadS3Store(options.s3));
}

/** The client of S3 takes a third of a second to load, which every start without a bucket is spared. */
async function loadS3Store(options: S3Options): Promise<BlobStore> {
  const { openS3Store } = await import('./s3-store.ts');
  return openS3Store(options);
}

/** A store that begins to work when it is there. */
function openLater(opening: Promise<BlobStore>): BlobStore {
  return {
    put: async (...args) => (await opening).put(...args),
    get: async (...args) => (await opening).get(...args),
    open: async (...args) => (await opening).open(...args),
    has: async (...args) => (await opening).has(...args),
    remove: async (...args) => (await opening).remove(...args),
    list: async (...args) => (await opening).list(...args),
    check: async () => (await opening).check(),
    close: () => {
      void opening.then((store) => store.close());
    },
  };
}
