/*
 * Cursors of keyset-paged lists: the place of the last item shown, so that a page costs the same wherever it lies
 * (Invariant 6) and what is added meanwhile neither repeats nor hides an item.
 *
 * A cursor here is base64url of a JSON array with a version, checked before it reaches SQL. Callers get it sealed, bound
 * to the question that it answers (`createCursors` of `@kith/service`).
 */
import { Instant, KithError, RecordId } from '@kith/contracts';
import * as z from 'zod';

/** A time that Postgres can hold: it knows no year 0, which ISO 8601 can write. */
export const StoredInstant = Instant.refine((at) => at >= '0001', 'is before the year 1');

/** A place in a list that is sorted by a time and then by an id of ours. */
export const TimePosition = z.object({ at: StoredInstant, id: z.guid() });
export type TimePosition = z.infer<typeof TimePosition>;

/** A place in a list of records, of which those without activity come last. */
export const RecordPosition = z.object({ at: StoredInstant.nullable(), id: RecordId });
export type RecordPosition = z.infer<typeof RecordPosition>;

/** A place in a list that is sorted by a count, greatest first, and then by an id of ours. */
export const CountPosition = z.object({ at: z.int32().min(0), id: z.guid() });
export type CountPosition = z.infer<typeof CountPosition>;

/** A place in what a text finds: what it names exactly (0) comes before what holds it (1), both by id. */
export const RankPosition = z.object({ at: z.literal([0, 1]), id: z.guid() });
export type RankPosition = z.infer<typeof RankPosition>;

/** What any list is sorted by, and then an id. */
interface Position {
  at: string | number | null;
  id: string;
}

/** A page of a list; `nextCursor` is null on the last one. */
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const version = 1;

/** The place as text for `nextCursor`. */
export function encodeCursor(position: Position): string {
  return Buffer.from(JSON.stringify([version, position.at, position.id])).toString('base64url');
}

/** The place a caller's cursor names. Throws `bad_input` for anything this list cannot have given out. */
export function decodeCursor<T>(cursor: string | undefined, schema: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  const result = schema.safeParse(positionIn(cursor));
  if (!result.success) {
    throw new KithError('bad_input', 'cursor: not a nextCursor of this list; start without one', {
      field: 'cursor',
    });
  }
  return result.data;
}

/** Cuts rows that were read as `limit + 1` down to a page. */
export function toPage<T>(rows: readonly T[], limit: number, positionOf: (row: T) => Position): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { items, nextCursor: hasMore ? encodeCursor(positionOf(last)) : null };
}

function positionIn(cursor: string): unknown {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== 3 || parts[0] !== version) return undefined;
    return { at: parts[1], id: parts[2] };
  } catch {
    return undefined;
  }
}
