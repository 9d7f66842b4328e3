import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, customType, timestamp } from 'drizzle-orm/pg-core';

/** A time with millisecond precision, so that what JavaScript reads is exactly what keyset cursors compare. */
export const instant = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'string' });

/** Enough of a blob's key to find whoever names it: sixteen digits of its hash, a fifth of the key. */
export const blobTail = (column: AnyPgColumn): SQL => sql`right(${column}, 16)`;

/** The words of a text, for full-text search. */
export const searchWords = customType<{ data: string }>({ dataType: () => 'tsvector' });
