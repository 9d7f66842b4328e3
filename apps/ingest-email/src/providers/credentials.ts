import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether two texts are the same, in a time that tells nothing of where they differ or how long they are. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

/** The value of an `Authorization` header of this scheme, or null. */
export function authorization(headers: Headers, scheme: 'basic' | 'bearer'): string | null {
  const [, found, value] = /^\s*(\S+)\s+(\S.*?)\s*$/.exec(headers.get('authorization') ?? '') ?? [];
  return found?.toLowerCase() === scheme ? (value ?? null) : null;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
