/*
 * Dead letters as tests of replays meet them: what was asked of the ingest services, what they would have found, and
 * whether the accounting still adds up.
 */
import type { DeliveryItem, ReplayedBody, ReplayTask } from '@kith/contracts';
import type { Database } from '@kith/database';
import { createKeyedHash } from '@kith/service';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Arrived } from '../src/apply/decode.ts';
import { applyReplay } from '../src/replay/apply-replay.ts';
import { arrived } from './deliveries.ts';

const hash = createKeyedHash(Buffer.alloc(32).toString('base64'), 'erasure');
const at = '2026-03-02T10:00:00.000Z';

/** An item that could not be read. */
export const unreadable = (reason: 'parse_failed' | 'not_a_message' = 'parse_failed'): DeliveryItem => ({
  kind: 'unreadable',
  reason,
  detail: 'the parser failed with Error',
});

/** An item that holds nothing for us. */
export const nothing: DeliveryItem = { kind: 'ignored', reason: 'unknown_event_type', detail: 'x' };

/** What the outbox asks of the ingest services, in order. */
export async function tasksIn(db: Database): Promise<ReplayTask[]> {
  const rows = await db.rows<{ payload: ReplayTask }>(sql`select payload from outbox
    where subject like 'kith.replays.tasks.%' order by id`);
  return rows.map(({ payload }) => payload);
}

/** Takes in what an ingest service found today for a task. */
export async function answerTask(
  db: Database,
  task: Pick<ReplayTask, 'workspace' | 'deliveryId' | 'items'> & { origin?: ReplayTask['origin'] },
  found: DeliveryItem[],
  { settles = true }: { settles?: boolean } = {},
): Promise<void> {
  const { workspace, deliveryId, items, origin = 'webhook' } = task;
  const replayed: ReplayedBody = { version: 1, workspace, deliveryId, items, delivery: null, settles };
  const read: Arrived = arrived(found, { id: deliveryId, workspace, origin });
  await db.write(workspace, (tx) => applyReplay(tx, { replayed, arrived: read }, { at, hash }));
}

/** The counts, by outcome and reason, once they were seen to add up and to be those of the deliveries. */
export async function soundCounts(db: Database, workspace = 'acme'): Promise<Record<string, number>> {
  const counts = await db.rows<{ name: string; count: number }>(sql`
    select outcome || case when reason = '' then '' else ' ' || reason end as name, sum(count)::int as count
    from accounting_count where workspace_id = ${workspace} group by name order by name`);
  const items = await db.rows<{ name: string; count: number }>(sql`
    select (one->>'outcome') || coalesce(' ' || (one->>'reason'), '') as name, count(*)::int as count
    from delivery cross join jsonb_array_elements(outcomes) one
    where workspace_id = ${workspace} and origin <> 'media' group by name order by name`);
  expect(counts.filter(({ name }) => name !== 'accepted')).toEqual(items);
  const found = Object.fromEntries(counts.map(({ name, count }) => [name, count]));
  expect(items.reduce((sum, { count }) => sum + count, 0)).toBe(found['accepted'] ?? 0);
  return found;
}
