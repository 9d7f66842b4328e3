/*
 * Ids that follow from what they name. A repeated delivery computes the same id and meets what it left before, so
 * nothing has to be looked up before it is written, and equal inputs give equal rows whatever their order
 * (Invariant 3).
 */
import { createHash } from 'node:crypto';

/** A UUID (version 8, RFC 9562) from the SHA-256 of its parts. */
export function idOf(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\u0000')).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.subarray(0, 16).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
