import { Channel, RecordId } from '@kith/contracts';
import * as z from 'zod';
import { decodeCursor, StoredInstant, TimePosition } from '../cursor.ts';
import type { ListPart } from '../reads/list-part.ts';

/** Text that Postgres can hold: it knows no NUL. */
const isText = (text: string): boolean => !text.includes('\0');

/** The parts that inputs of several procedures share. */
export const inputs = {
  recordId: RecordId.refine(isText, 'holds a NUL character'),
  /** Ids are opaque: one that is not of our form is simply not found. */
  id: z.string().min(1).max(200),
  query: z.string().trim().max(500).refine(isText, 'holds a NUL character'),
  channels: z.array(Channel).min(1, 'name at least one channel, or leave it out for all').max(3),
  cursor: z.string().max(1000),
  eventId: z
    .string()
    .regex(/^\d{1,15}$/, 'is the id of no event; leave it out to begin now')
    .transform(Number),
};

/** The parts of every paged list's input. */
export const paging = {
  cursor: inputs.cursor.optional(),
  /** Items of a page. */
  limit: z.int().min(1).max(100).default(25),
};

/** Which part of a list of messages is wanted, and from which end: a date is jumped to by reading both ways from it. */
export const window = {
  /** Only messages that were sent before this time. */
  before: StoredInstant.optional(),
  /** Only messages that were sent at this time or later. */
  after: StoredInstant.optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
};

/** The page that a call with `window` and `paging` asks for. */
export function pageIn(
  input: Pick<ListPart, 'order' | 'before' | 'after'> & { cursor?: string | undefined; limit: number },
): ListPart & { limit: number } {
  const { order, before, after, cursor, limit } = input;
  return { order, before, after, shown: decodeCursor(cursor, TimePosition), limit };
}
