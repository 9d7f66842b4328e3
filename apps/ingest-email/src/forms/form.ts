/*
 * A form as providers post it: named parts in order, repeated names kept, and every value as bytes, because only the
 * provider can say in which charset each one is.
 */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** What a form may have. A name that is longer is cut; no provider has one. */
export const formLimits = { partsMax: 1_000, nameCharsMax: 200 };
export type FormLimits = typeof formLimits;

/** A file's name may be empty, a path, or nothing but dots. `type` is lower case, without parameters. */
export interface FormFile {
  name: string;
  type: string;
}

/** A field, or a file. */
export interface FormPart {
  name: string;
  file: FormFile | null;
  /** The value as it was sent, in the pieces in which it was read; each is a part of the body's memory. */
  sent: readonly Uint8Array[];
  /** The value, made anew at each call. */
  bytes(): Buffer;
}

/** The parts, or why there are none. */
export type FormRead =
  | { ok: true; parts: FormPart[] }
  | { ok: false; reason: 'not_a_form' | 'too_many_parts' };

/** The bytes that the part takes in the body. */
export function sentBytes({ sent }: FormPart): number {
  return sent.reduce((sum, piece) => sum + piece.byteLength, 0);
}

/** The first part of this name that holds anything, or undefined. */
export function filledPart(parts: readonly FormPart[], name: string): FormPart | undefined {
  return parts.find((part) => part.name === name && sentBytes(part) > 0);
}

const hashedPerTurn = 4 * 1024 * 1024;

/** A digest of what the parts say, whichever boundary stands between them. */
export async function digestOf(parts: readonly FormPart[]): Promise<string> {
  const hash = createHash('sha256');
  let hashed = 0;
  for (const part of parts) {
    hash.update(JSON.stringify([part.name, part.file, sentBytes(part)]));
    for (const piece of part.sent) {
      hash.update(piece);
      hashed += piece.byteLength;
      if (hashed < hashedPerTurn) continue;
      hashed = 0;
      await nextTurn();
    }
  }
  return hash.digest('base64url');
}
