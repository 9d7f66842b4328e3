/*
 * Blobs in a bucket of anything that speaks S3 (AWS, MinIO, R2, …); the only file that imports its client.
 *
 * S3 answers a PutObject after the object is durable and never shows half of one, which is all that `put` promises.
 * Without keys the client's own chain of credentials applies (environment, profile, instance role).
 */
import {
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { assertBlobKey, blobKey, BlobMissing, type BlobStore } from './blob-store.ts';

/** Where the bucket is and how to open it. */
export interface S3Options {
  bucket: string;
  region: string;
  /** The URL of a server that is not AWS. */
  endpoint?: string;
  accessKeyId?: string;
  secretAccessKey?: string;
  /** `https://host/bucket/key` instead of `https://bucket.host/key`; the default with an endpoint. */
  forcePathStyle?: boolean;
}

const attemptMsMax = 30_000;

/** A store in a bucket that exists already. */
export function openS3Store(options: S3Options): BlobStore {
  const client = new S3Client(clientConfig(options));
  const Bucket = options.bucket;
  const find = async (Key: string): Promise<boolean> => {
    assertBlobKey(Key);
    const found = await client.send(new HeadObjectCommand({ Bucket, Key })).catch(undefinedIfMissing);
    return found !== undefined;
  };
  return {
    put: async (workspace, bytes) => {
      const key = await blobKey(workspace, bytes);
      await client.send(new PutObjectCommand({ Bucket, Key: key, Body: bytes }));
      return { key, size: bytes.byteLength };
    },
    get: async (key) => {
      assertBlobKey(key);
      const found = await client.send(new GetObjectCommand({ Bucket, Key: key })).catch(undefinedIfMissing);
      if (found?.Body === undefined) throw new BlobMissing(`no blob ${key}`);
      return found.Body.transformToByteArray();
    },
    has: find,
    check: async () => {
      await client.send(new HeadBucketCommand({ Bucket }));
    },
    close: () => client.destroy(),
  };
}

function clientConfig(options: S3Options): S3ClientConfig {
  const { accessKeyId, secretAccessKey, endpoint } = options;
  return {
    region: options.region,
    forcePathStyle: options.forcePathStyle ?? endpoint !== undefined,
    requestHandler: { requestTimeout: attemptMsMax, connectionTimeout: 5_000 },
    // The checksums that the client adds by default are unknown to many servers that speak S3.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(accessKeyId === undefined || secretAccessKey === undefined
      ? {}
      : { credentials: { accessKeyId, secretAccessKey } }),
  };
}

function undefinedIfMissing(err: unknown): undefined {
  if (err instanceof S3ServiceException && err.$metadata.httpStatusCode === 404) return undefined;
  throw err;
}
