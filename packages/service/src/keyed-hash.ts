/*
 * Names that are remembered without being readable: HMAC-SHA256 under a key of its own, derived from KITH_SECRET_KEY.
 *
 * A plain hash of a phone number is undone by trying all numbers, which takes minutes. Without the key, nobody tries.
 */
import { createHmac, hkdfSync } from 'node:crypto';
import { readSecretKey } from './sealed-secrets.ts';

/** The hash of a name in several parts, in base64url. */
export type KeyedHash = (...parts: readonly string[]) => string;

/**
 * A hash for one purpose: another purpose, or another key, gives other hashes of the same names. Throws with what to do
 * when the key is of another length.
 */
export function createKeyedHash(keyBase64: string, purpose: string): KeyedHash {
  const derived = Buffer.from(hkdfSync('sha256', readSecretKey(keyBase64), '', `kith ${purpose}`, 32));
  return (...parts) => createHmac('sha256', derived).update(JSON.stringify(parts)).digest('base64url');
}
