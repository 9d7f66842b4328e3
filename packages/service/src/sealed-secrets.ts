/*
 * Account secrets at rest and in transit: AES-256-GCM with a key that only Kith's services have
 * (`KITH_SECRET_KEY`). The name of what they belong to is authenticated with them, so that a sealed text
 * copied to another account does not open.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Seals and opens JSON values. `owner` names what they belong to, such as `acme/support-mail`. */
export interface SecretBox {
  seal(owner: string, value: unknown): string;
  /** Throws when the key or the owner is another, or the text was changed. */
  open(owner: string, sealed: string): unknown;
}

const version = 'v1';

/** A box for a key of 32 bytes in base64. Throws with what to do when the key is of another length. */
export function createSecretBox(keyBase64: string): SecretBox {
  const key = readSecretKey(keyBase64);
  return {
    seal: (owner, value) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(owner));
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return [version, nonce, cipher.getAuthTag(), text].map(encode).join('.');
    },
    open: (owner, sealed) => {
      const [found, nonce, tag, text] = sealed.split('.');
      if (found !== version || nonce === undefined || tag === undefined || text === undefined) {
        throw new Error('not a sealed secret of a known version');
      }
      const decipher = createDecipheriv('aes-256-gcm', key, decode(nonce)).setAAD(Buffer.from(owner));
      decipher.setAuthTag(decode(tag));
      return JSON.parse(Buffer.concat([decipher.update(decode(text)), decipher.final()]).toString('utf8'));
    },
  };
}

/** The bytes of KITH_SECRET_KEY. Throws with what to do when they are not 32. */
export function readSecretKey(keyBase64: string): Buffer {
  const key = Buffer.from(keyBase64, 'base64');
  if (key.length === 32) return key;
  throw new Error('KITH_SECRET_KEY must be 32 bytes in base64: make one with `openssl rand -base64 32`');
}

const encode = (part: string | Buffer): string =>
  typeof part === 'string' ? part : part.toString('base64url');
const decode = (part: string): Buffer => Buffer.from(part, 'base64url');
