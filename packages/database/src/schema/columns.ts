import { timestamp } from 'drizzle-orm/pg-core';

/** A time with millisecond precision, so that what JavaScript reads is exactly what keyset cursors compare. */
export const instant = (name: string) =>
  timestamp(name, { withTimezone: true, precision: 3, mode: 'string' });
