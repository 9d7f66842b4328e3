/*
 * Ids in the forms that providers give them, made of our own: the same each time, and different for different ones.
 */
import { createHash } from 'node:crypto';

const digestOf = (...parts: readonly string[]): Buffer =>
  createHash('sha256').update(parts.join('\n')).digest();

/** Lower-case hexadecimal digits, at most 64. */
export const hexId = (kind: string, id: string, chars: number): string =>
  digestOf(kind, id).toString('hex').slice(0, chars);

/** Base64 letters for URLs, at most 43. */
export const urlId = (kind: string, id: string, chars: number): string =>
  digestOf(kind, id).toString('base64url').slice(0, chars);

/** Decimal digits, the first of them not 0; at most 38. */
export function digitsId(kind: string, id: string, chars: number): string {
  const [first = 0, ...rest] = digestOf(kind, id).subarray(0, 16);
  const number = rest.reduce((sum, byte) => sum * 256n + BigInt(byte), BigInt((first % 9) + 1));
  return `${(first % 9) + 1}${number
    .toString()
    .padStart(38, '0')
    .slice(-(chars - 1))}`;
}

/** A version 4 UUID by its looks. */
export function uuidId(kind: string, id: string): string {
  const hex = hexId(kind, id, 32);
  const variant = '89ab'[Number.parseInt(hex.slice(16, 17), 16) % 4] ?? '8';
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}
