/*
 * Takes back many entries of the history: newest first, because later words of people stand in the way of older ones, and
 * all or none. Each is undone as by itself; an entry that followed from another of them goes with that one.
 */
import { KithError } from '@kith/contracts';
import { textArray, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { Stamp } from './take-words.ts';
import { undoEntry } from './undo.ts';

/** Undoes the entries, and answers those of the undoings. `field` names where in the input an entry stands. */
export async function undoEntries(
  tx: Tx,
  eventIds: readonly string[],
  options: Stamp & { field(index: number): string },
): Promise<string[]> {
  const causes = await readCauses(tx, eventIds);
  const named = new Set(eventIds);
  const undone: string[] = [];
  for (const eventId of [...named].toSorted(newestFirst)) {
    if (named.has(causes.get(eventId) ?? '')) continue;
    const failed = (err: unknown) => at(err, options.field(eventIds.indexOf(eventId)));
    const entry = await undoEntry(tx, eventId, options).catch((err: unknown) => Promise.reject(failed(err)));
    undone.push(String(entry.eventId));
  }
  return undone;
}

/** The entry that each of them followed from, where there is one. */
async function readCauses(tx: Tx, eventIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; causedBy: string }>(sql`
    select e.id::text as id, e.caused_by::text as "causedBy" from link_event e
    where e.workspace_id = ${tx.workspace} and e.caused_by is not null
      and e.id = any(${textArray(eventIds.filter(isNumber))}::bigint[])`);
  return new Map(rows.map(({ id, causedBy }) => [id, causedBy]));
}

const isNumber = (eventId: string): boolean => /^\d{1,15}$/.test(eventId);

/** What is no number is no entry either, and is refused before anything is undone. */
function newestFirst(a: string, b: string): number {
  if (isNumber(a) && isNumber(b)) return Number(b) - Number(a);
  return Number(isNumber(a)) - Number(isNumber(b));
}

const at = (err: unknown, field: string): unknown =>
  err instanceof KithError && err.field === 'eventId'
    ? new KithError(err.code, err.message, { field, cause: err })
    : err;
