/*
 * Which part of a list that is sorted by a time and then an id is wanted, as the two ends of one range of an index: a part
 * costs the same wherever it lies (Invariant 6).
 */
import { type SQL, sql } from 'drizzle-orm';
import type { TimePosition } from '../cursor.ts';

/** A part of a list, and from which end it is read. */
export interface ListPart {
  order: 'newest' | 'oldest';
  /** Only what is before this time, and only what is at this one or later. */
  before?: string | undefined;
  after?: string | undefined;
  /** The place of the last item shown; it lies within `before` and `after`, as it was given out for them. */
  shown: TimePosition | undefined;
}

/** What a list is sorted by, and whether its index has it the other way round (`desc nulls last`). */
export interface ListColumns {
  at: SQL;
  id: SQL;
  isDescending?: true;
}

/**
 * The condition that a row is in the part. Each end has one bound, and what was shown is the closer one: Postgres begins at
 * either of two, and would read all that was shown before for a page deep in the list.
 */
export function isInPart({ order, before, after, shown }: ListPart, { at, id }: ListColumns): SQL {
  const isOlder = before === undefined ? sql`true` : sql`${at} < ${before}::timestamptz`;
  const isNewer = after === undefined ? sql`true` : sql`${at} >= ${after}::timestamptz`;
  if (shown === undefined) return sql`${isOlder} and ${isNewer}`;
  const place = sql`(${shown.at}::timestamptz, ${shown.id}::uuid)`;
  return order === 'newest'
    ? sql`(${at}, ${id}) < ${place} and ${isNewer}`
    : sql`(${at}, ${id}) > ${place} and ${isOlder}`;
}

const directions = {
  newest: { ascending: sql`desc`, descending: sql`desc nulls last` },
  oldest: { ascending: sql`asc`, descending: sql`asc nulls first` },
};

/** What stands behind `order by` to read the part from its end, in the order of its index. */
export function inPartOrder({ order }: Pick<ListPart, 'order'>, { at, id, isDescending }: ListColumns): SQL {
  const direction = directions[order][isDescending === true ? 'descending' : 'ascending'];
  return sql`${at} ${direction}, ${id} ${direction}`;
}

/** The first rows of several selects of `at` and `id`, each of which is in the order of the part. */
export function firstOfAll(selects: readonly SQL[], part: Pick<ListPart, 'order'>, rowsMax: number): SQL {
  const order = inPartOrder(part, { at: sql`first.at`, id: sql`first.id` });
  return sql`
    select first.at, first.id from (${sql.join([...selects], sql` union all `)}) first
    order by ${order} limit ${rowsMax}`;
}
