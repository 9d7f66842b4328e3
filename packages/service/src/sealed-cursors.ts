/*
 * Cursors that callers can neither make up nor take elsewhere. The `nextCursor` of a list is sealed on its way out and
 * opened on its way in, for every procedure, so that a list knows places only and none can be forgotten.
 *
 * A seal is an HMAC over the place, the procedure, the workspace and all of the input but `cursor` and `limit`: another
 * list, record, filter or workspace refuses it, and so does any change. Every process with the same key knows it.
 */
import { timingSafeEqual } from 'node:crypto';
import { KithError } from '@kith/contracts';
import { createKeyedHash } from './keyed-hash.ts';

/** A call of a procedure, with its input as the caller sent it. */
export interface ListCall {
  workspace: string;
  procedure: string;
  input: unknown;
}

/** Opens and seals the cursors of calls. */
export interface Cursors {
  /** The input with its cursor, if it has one, as the list gave it out. Throws `bad_input` for any other. */
  open(call: ListCall): unknown;
  /** The answer of the same call with its `nextCursor`, if it has one, as callers get it. */
  seal(call: ListCall, answer: unknown): unknown;
}

/** Characters of base64url: 132 bits. */
const sealLength = 22;

/** For a key of 32 bytes in base64. Throws with what to do when the key is of another length. */
export function createCursors(keyBase64: string): Cursors {
  const hash = createKeyedHash(keyBase64, 'cursors');
  const sealOf = ({ workspace, procedure, input }: ListCall, place: string) =>
    hash('1', workspace, procedure, questionOf(input), place).slice(0, sealLength);
  return {
    open: (call) => {
      const { input } = call;
      if (!isObject(input) || typeof input['cursor'] !== 'string') return input;
      const seal = input['cursor'].slice(0, sealLength);
      const place = input['cursor'].slice(sealLength);
      if (!isEqual(seal, sealOf(call, place))) throw foreignCursor();
      return { ...input, cursor: place };
    },
    seal: (call, answer) => {
      if (!isObject(answer) || typeof answer['nextCursor'] !== 'string') return answer;
      const place = answer['nextCursor'];
      return { ...answer, nextCursor: sealOf(call, place) + place };
    },
  };
}

/** What a list is asked for, whatever the page: its input in one writing. */
function questionOf(input: unknown): string {
  const { cursor: _, limit: __, ...question } = isObject(input) ? input : {};
  return JSON.stringify(
    Object.entries(question)
      .filter(([, value]) => value !== undefined)
      .toSorted(),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isEqual(given: string, due: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(due)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function foreignCursor(): KithError {
  return new KithError(
    'bad_input',
    'cursor: is no nextCursor of this very question; ask with the same input as for the page before, or without a cursor',
    { field: 'cursor' },
  );
}
