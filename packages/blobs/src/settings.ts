/*
 * The settings that choose a blob store. Every service that reads or writes blobs has them, with the same values.
 */
import { secret } from '@kith/service';
import * as z from 'zod';
import type { BlobStore } from './blob-store.ts';
import { openBlobStore } from './open-blob-store.ts';

/** For a service's configuration, beside its own settings. Exactly one of directory and bucket is set. */
export const blobSettings = {
  KITH_BLOB_DIR: z
    .string()
    .optional()
    .describe('Directory for raw bodies and attachments; either this or KITH_S3_BUCKET.'),
  KITH_S3_BUCKET: z
    .string()
    .optional()
    .describe('S3 bucket for raw bodies and attachments; either this or KITH_BLOB_DIR.'),
  KITH_S3_REGION: z.string().default('us-east-1').describe('Region of the S3 bucket.'),
  KITH_S3_ENDPOINT: z.url().optional().describe('URL of an S3 server that is not AWS, such as MinIO.'),
  KITH_S3_ACCESS_KEY_ID: z
    .string()
    .optional()
    .describe("Access key of the S3 bucket; without it, the AWS client's own chain of credentials applies."),
  KITH_S3_SECRET_ACCESS_KEY: secret().optional().describe('Secret of KITH_S3_ACCESS_KEY_ID.'),
};

/** The values of `blobSettings`. */
export type BlobConfig = z.infer<z.ZodObject<typeof blobSettings>>;

/** Opens the store that the settings name. Throws with what to set when they name none, two, or half of one. */
export function blobStoreFromConfig(config: BlobConfig): BlobStore {
  const { KITH_BLOB_DIR: dir, KITH_S3_BUCKET: bucket } = config;
  if ((dir === undefined) === (bucket === undefined)) {
    const found = dir === undefined ? 'neither is set' : 'both are set';
    throw new Error(`set either KITH_BLOB_DIR or KITH_S3_BUCKET, so that bodies can be kept: ${found}`);
  }
  if (dir !== undefined) return openBlobStore({ dir });
  return openBlobStore({ s3: { bucket: bucket ?? '', ...s3Rest(config) } });
}

function s3Rest(config: BlobConfig) {
  const accessKeyId = config.KITH_S3_ACCESS_KEY_ID;
  const secretAccessKey = config.KITH_S3_SECRET_ACCESS_KEY;
  if ((accessKeyId === undefined) !== (secretAccessKey === undefined)) {
    throw new Error('set both KITH_S3_ACCESS_KEY_ID and KITH_S3_SECRET_ACCESS_KEY, or neither');
  }
  return {
    region: config.KITH_S3_REGION,
    ...(config.KITH_S3_ENDPOINT === undefined ? {} : { endpoint: config.KITH_S3_ENDPOINT }),
    ...(accessKeyId === undefined || secretAccessKey === undefined ? {} : { accessKeyId, secretAccessKey }),
  };
}
