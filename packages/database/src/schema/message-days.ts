/*
 * How many messages a workspace has, day by day: what a chart shows, and their sum, without reading messages. Triggers of
 * the database keep it in the statement that changes a message, and `rebuildMessageDays` makes it again.
 */
import { date, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/** How many messages of a channel were sent on a day (UTC); a day without any has no row. */
export const messageDay = pgTable(
  'message_day',
  {
    workspaceId: text('workspace_id').notNull(),
    day: date('day').notNull(),
    channel: text('channel').notNull(),
    count: integer('count').notNull(),
  },
  (t) => [primaryKey({ name: 'message_day_pkey', columns: [t.workspaceId, t.day, t.channel] })],
);
