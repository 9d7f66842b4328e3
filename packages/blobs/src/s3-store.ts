/*
 * Blobs in a bucket of anything that speaks S3 (AWS, MinIO, R2, …); the only file that imports its client.
 *
 * S3 answers a PutObject after the object is durable and never shows half of one, which is all that `put` promises.
 * Without keys the client's own chain of credentials applies (environment, profile, instance role).
 *
 * S3 cannot remove an object on the condition that nobody put it again: between the look at its age and its removal lies
 * one request, in which a put of the same bytes would be lost. They would have to be bytes that nothing named for as long
 * as the age asked for, arriving again in those milliseconds.
 */
import type { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { assertBlobKey, blobKey, BlobMissing, type BlobStore, isBlobKey, placeOf } from './blob-store.ts';
import { piecesOf } from './pieces.ts';

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
  const fetchObject = async (Key: string) => {
    assertBlobKey(Key);
    const found = await client.send(new GetObjectCommand({ Bucket, Key })).catch(undefinedIfMissing);
    if (found?.Body === undefined) throw new BlobMissing(`no blob ${Key}`);
    return { Body: found.Body, size: found.ContentLength };
  };
  const find = (Key: string) => {
    assertBlobKey(Key);
    return client.send(new HeadObjectCommand({ Bucket, Key })).catch(undefinedIfMissing);
  };
  return {
    put: async (workspace, bytes) => {
      const key = await blobKey(workspace, bytes);
      await client.send(new PutObjectCommand({ Bucket, Key: key, Body: bytes }));
      return { key, size: bytes.byteLength };
    },
    get: async (key) => (await fetchObject(key)).Body.transformToByteArray(),
    open: async (key) => {
      const { Body, size } = await fetchObject(key);
      if (size === undefined) throw new Error('the S3 server does not tell the length of an object');
      return { size, bytes: piecesOf(Body as Readable) };
    },
    has: async (key) => (await find(key)) !== undefined,
    remove: async (key, { olderThanMs }) => {
      const found = await find(key);
      if (found === undefined) return 'missing';
      const putAt = found.LastModified?.getTime() ?? Infinity;
      // S3 counts in seconds: what it says may be almost one too early.
      if (Date.now() - putAt < olderThanMs + 1_000) return 'too_young';
      await client.send(new DeleteObjectCommand({ Bucket, Key: key }));
      return 'removed';
    },
    list: (workspace, place) => listKeys(client, Bucket, placeOf(workspace, place)),
    check: async () => {
      await client.send(new HeadBucketCommand({ Bucket }));
    },
    close: () => client.destroy(),
  };
}

/** S3 answers a thousand at a time. */
async function listKeys(client: S3Client, Bucket: string, Prefix: string): Promise<string[]> {
  const keys: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix, ...(after === undefined ? {} : { StartAfter: after }) }),
    );
    const found = (page.Contents ?? []).flatMap(({ Key }) => Key ?? []);
    keys.push(...found.filter(isBlobKey));
    after = found.at(-1);
    if (page.IsTruncated !== true || after === undefined) return keys;
  }
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
