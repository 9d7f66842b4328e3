/*
 * What every blob store does: keeps bytes under a key made of their own hash.
 *
 * A key is `<workspace>/<aa>/<sha256>`, so that putting the same bytes again changes nothing but their age and a key
 * never comes to mean other bytes. `put` resolves when the bytes outlive a crash. Only what was not put for a while is
 * removed: whoever put it a moment ago is about to name it somewhere.
 */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type BlobRef, WorkspaceId } from '@kith/contracts';

/** An open blob store. */
export interface BlobStore {
  /** Resolves when the bytes are durable; the same bytes give the same key. */
  put(workspace: string, bytes: Uint8Array): Promise<BlobRef>;
  /** Rejects with `BlobMissing` when nothing lies under the key, and with `BadBlobKey` when it is no key. */
  get(key: string): Promise<Uint8Array>;
  /** Like `get`, for what may be large: the bytes come as they are asked for. */
  open(key: string): Promise<OpenBlob>;
  has(key: string): Promise<boolean>;
  /** Removes the blob, unless it was put within `olderThanMs`. One at a time may remove in a workspace. */
  remove(key: string, options: { olderThanMs: number }): Promise<Removed>;
  /** The keys in one of the 256 places of a workspace, named by two hexadecimal digits. */
  list(workspace: string, place: string): Promise<string[]>;
  /** Resolves when the store can be written to; rejects with the reason. For readiness. */
  check(): Promise<void>;
  close(): void;
}

/** A blob that is being read. Whoever opened it reads it to its end or cancels it. */
export interface OpenBlob {
  size: number;
  /** Holds a piece or two at a time, however slowly it is read. */
  bytes: ReadableStream<Uint8Array>;
}

/** What became of a blob that was to be removed: it was put too recently, or is not there. */
export type Removed = 'removed' | 'too_young' | 'missing';

/** Nothing lies under this key. */
export class BlobMissing extends Error {
  override readonly name = 'BlobMissing';
}

/** The text is not a key that `put` could have given. */
export class BadBlobKey extends Error {
  override readonly name = 'BadBlobKey';
}

/** Hashed at once; between two pieces others have a turn, because forty megabytes take a tenth of a second. */
const pieceBytes = 4 * 1024 * 1024;

/** The key of these bytes in a workspace. Rejects when the workspace is not a workspace's name. */
export async function blobKey(workspace: string, bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let start = 0; start < bytes.byteLength; start += pieceBytes) {
    if (start > 0) await nextTurn();
    hash.update(bytes.subarray(start, start + pieceBytes));
  }
  const sha256 = hash.digest('hex');
  return `${WorkspaceId.parse(workspace)}/${sha256.slice(0, 2)}/${sha256}`;
}

const keyForm = /^[a-z0-9][a-z0-9_-]{0,62}\/([0-9a-f]{2})\/\1[0-9a-f]{62}$/;

/** Refuses a key from outside that could lead out of the store. */
export function assertBlobKey(key: string): void {
  if (!keyForm.test(key)) throw new BadBlobKey('not a blob key: expected <workspace>/<aa>/<sha256>');
}

/** `<workspace>/<aa>/`, before the keys that lie there. Throws for what is none. */
export function placeOf(workspace: string, place: string): string {
  if (!/^[0-9a-f]{2}$/.test(place))
    throw new BadBlobKey('not a place of blobs: expected two hexadecimal digits');
  return `${WorkspaceId.parse(workspace)}/${place}/`;
}

/** Whether it is a key: not all that lies in a place is a blob. */
export const isBlobKey = (key: string): boolean => keyForm.test(key);
