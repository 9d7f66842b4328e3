export { BadBlobKey, BlobMissing, type BlobStore, type OpenBlob, type Removed } from './blob-store.ts';
export { type BlobStoreOptions, openBlobStore } from './open-blob-store.ts';
export type { S3Options } from './s3-store.ts';
export { type BlobConfig, blobSettings, blobStoreFromConfig } from './settings.ts';
