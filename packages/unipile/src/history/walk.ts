/*
 * Where a walk through an account's chats is: all that the next page needs, so that any process can go on from it.
 *
 * Chats are listed a page at a time, and read one after the other before the next page is listed: the text stays
 * small, however many chats there are.
 */
import { parseJson } from '@kith/ingest/loose-json';
import * as z from 'zod';

const Id = z.string().min(1).max(600);

/** A walk. */
export const Walk = z.strictObject({
  version: z.literal(1),
  /** The account at Unipile: its id, and the network's of its owner, as far as Unipile tells. */
  account: z.strictObject({ id: Id, userId: Id.nullable(), phoneNumber: Id.nullable() }),
  /** Who is looked for, then in which chats. */
  step: z.enum(['people', 'chats']),
  /** The network's ids of who is asked for, as far as they were met. */
  people: z.array(Id),
  /** Chats that were found without the list, and are left aside when it comes to them. */
  known: z.array(Id),
  /** Where the list that is walked goes on. */
  from: z.string().nullable(),
  /** Whether the list of chats has come to its end. */
  isListed: z.boolean(),
  /** To be read; `isOpen` where it still has to be seen who is in it. */
  chats: z.array(z.strictObject({ id: Id, isOpen: z.boolean() })),
  /** Where the messages of the first of them go on. */
  page: z.string().nullable(),
  /** Messages of the first of them whose reactions are still to be asked for. */
  reacted: z.array(Id),
});
export type Walk = z.infer<typeof Walk>;

const cursorCharsMax = 20_000;

/** The walk behind a cursor; null where it is none of ours. */
export function readWalk(cursor: string): Walk | null {
  return Walk.safeParse(parseJson(Buffer.from(cursor))).data ?? null;
}

/** The cursor of a walk; null where it is over. Throws for one that is too long to be kept. */
export function cursorOf(walk: Walk): string | null {
  if (walk.chats.length === 0 && walk.isListed) return null;
  const cursor = JSON.stringify(walk);
  if (cursor.length > cursorCharsMax) throw new RangeError('a walk through chats has become too long');
  return cursor;
}

/** The walk with the first chat done. */
export function behindChat(walk: Walk): Walk {
  return { ...walk, chats: walk.chats.slice(1), page: null, reacted: [] };
}
