import type { Channel } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import type * as z from 'zod';
import type { MessageDay } from '../shapes.ts';

type Day = z.infer<typeof MessageDay>;

const dayMs = 24 * 60 * 60 * 1000;

/** How many messages were sent on each of the last days, oldest first, until the day of `now` in UTC: a range of a key. */
export async function readMessageDays(
  db: Rows,
  workspace: string,
  { days, now }: { days: number; now: string },
): Promise<Day[]> {
  const byDay = new Map(lastDays(days, now).map((day) => [day, { day, email: 0, whatsapp: 0, linkedin: 0 }]));
  const rows = await db.rows<{ day: string; channel: Channel; count: number }>(sql`
    select day::text as day, channel, count from message_day
    where workspace_id = ${workspace} and day > ${now.slice(0, 10)}::date - ${days}::int
      and day <= ${now.slice(0, 10)}::date`);
  for (const { day, channel, count } of rows) {
    const counted = byDay.get(day);
    if (counted !== undefined) counted[channel] = count;
  }
  return [...byDay.values()];
}

/** The last `count` days, oldest first, as `2026-11-25`. A day of UTC has always as many milliseconds. */
function lastDays(count: number, now: string): string[] {
  return Array.from({ length: count }, (_, n) =>
    new Date(Date.parse(now) - (count - 1 - n) * dayMs).toISOString().slice(0, 10),
  );
}
