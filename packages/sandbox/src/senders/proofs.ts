/* What the proofs of several providers are made of. */
import { createHmac, randomBytes } from 'node:crypto';

/** A secret that nobody else has. */
export const randomSecret = (): string => randomBytes(24).toString('base64url');

/** HMAC-SHA256 of the parts in hex. */
export function hexHmac(secret: string, ...parts: readonly (string | Uint8Array)[]): string {
  const hmac = createHmac('sha256', secret);
  for (const part of parts) hmac.update(part);
  return hmac.digest('hex');
}

/** A time as providers sign it. */
export const secondsOf = (nowMs: number): string => String(Math.floor(nowMs / 1000));

/** A value as the bytes of its JSON. */
export const jsonBytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
