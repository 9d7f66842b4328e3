/*
 * What verifying takes, whichever the provider: comparisons that tell nothing by their time, and digests of large
 * bodies that let others have a turn in between.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SignedRequest } from './provider.ts';

/** Whether two texts are the same, in a time that tells nothing of where they differ. */
export function sameSecret(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  // Texts of other lengths take the same time.
  const isAsLong = one.length === other.length;
  return timingSafeEqual(isAsLong ? one : other, other) && isAsLong;
}

/** Whether two digests are the same. A length is no secret. */
export function sameBytes(given: Uint8Array, expected: Uint8Array): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** The value of an `Authorization` header of this scheme, or null. */
export function authorization(headers: SignedRequest['headers'], scheme: 'basic' | 'bearer'): string | null {
  const [, found, value] = /^\s*(\S+)\s+(\S.*?)\s*$/.exec(headers['authorization'] ?? '') ?? [];
  return found?.toLowerCase() === scheme ? (value ?? null) : null;
}

/** The bytes of a digest written in lower-case hex of the right length, or null. */
export function hexBytes(text: string, length: number): Buffer | null {
  return text.length === 2 * length && /^[0-9a-f]*$/.test(text) ? Buffer.from(text, 'hex') : null;
}

/** The bytes of canonical base64 (one writing for one value, so that no second signature fits), or null. */
export function base64Bytes(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/** A megabyte takes a digest about two milliseconds. */
const pieceBytes = 4 * 1024 * 1024;

/** The HMAC over the parts one after the other. */
export async function hmacOf(
  algorithm: 'sha1' | 'sha256',
  key: string | Uint8Array,
  parts: readonly (string | Uint8Array)[],
): Promise<Buffer> {
  const hmac = createHmac(algorithm, key);
  for (const part of parts) {
    if (typeof part === 'string' || part.byteLength <= pieceBytes) {
      hmac.update(part);
      continue;
    }
    for (let start = 0; start < part.byteLength; start += pieceBytes) {
      hmac.update(part.subarray(start, start + pieceBytes));
      await nextTurn();
    }
  }
  return hmac.digest();
}
