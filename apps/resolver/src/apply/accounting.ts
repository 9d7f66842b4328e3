/*
 * The accounting: how each item of each delivery ended, written in the transaction that made it so.
 *
 * `accepted` is what the deliveries hold; the outcomes are what became of them. They are counted apart, so that
 * their sum is a check and not a definition (Invariant 2).
 */
import type { DeadLetterReason, IgnoredReason, ItemOutcome } from '@kith/contracts';
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { idOf } from '@kith/service';
import { sql } from 'drizzle-orm';
import type { Arrived } from './decode.ts';

/** How one item ended; kept with the delivery. */
export interface Outcome {
  outcome: ItemOutcome;
  reason?: IgnoredReason | DeadLetterReason;
  messageId?: string;
}

/** A delivery with the outcome of each of its items, in their order. */
export interface Settled {
  arrived: Arrived;
  outcomes: Outcome[];
  /** What to tell of each dead-lettered item, by its index. */
  details: ReadonlyMap<number, string>;
}

/** The deliveries that are not recorded yet: a redelivered one was settled before and counts once. */
export async function findUnrecorded(tx: Tx, batch: readonly Arrived[]): Promise<Arrived[]> {
  const rows = await tx.rows<{ id: string }>(sql`select id from delivery
    where workspace_id = ${tx.workspace} and id = any(${uuidArray(batch.map(({ delivery }) => delivery.id))})`);
  const seen = new Set(rows.map((row) => row.id));
  return batch.filter(({ delivery }) => !seen.has(delivery.id) && seen.add(delivery.id));
}

/** Records the deliveries, their dead letters, and adds to the counts. */
export async function recordOutcomes(tx: Tx, settled: readonly Settled[]): Promise<void> {
  await insertDeliveries(tx, settled);
  await insertDeadLetters(tx, settled);
  await addCounts(tx, settled);
}

async function insertDeliveries(tx: Tx, settled: readonly Settled[]): Promise<void> {
  const rows = settled.map(({ arrived: { delivery, seq }, outcomes }) => ({
    id: delivery.id,
    account_id: delivery.accountId,
    channel: delivery.channel,
    provider: delivery.provider,
    origin: delivery.origin,
    received_at: delivery.receivedAt,
    stream_seq: seq,
    outcomes,
  }));
  const columns =
    'id uuid, account_id text, channel text, provider text, origin text, received_at timestamptz, ' +
    'stream_seq bigint, outcomes jsonb';
  await tx.rows(sql`
    insert into delivery (workspace_id, id, account_id, channel, provider, origin, received_at, stream_seq, outcomes)
    select ${tx.workspace}, id, account_id, channel, provider, origin, received_at, stream_seq, outcomes
    from ${rowSet(rows, columns)}`);
}

async function insertDeadLetters(tx: Tx, settled: readonly Settled[]): Promise<void> {
  const rows = settled.flatMap(({ arrived: { delivery }, outcomes, details }) =>
    outcomes.flatMap((ended, index) => {
      if (ended.outcome !== 'dead_lettered') return [];
      return [
        {
          id: idOf(tx.workspace, 'dead letter', delivery.id, String(index)),
          delivery_id: delivery.id,
          item_index: index,
          account_id: delivery.accountId,
          channel: delivery.channel,
          provider: delivery.provider,
          reason: ended.reason,
          detail: details.get(index) ?? '',
          raw_blob: delivery.raw.key,
        },
      ];
    }),
  );
  if (rows.length === 0) return;
  const columns =
    'id uuid, delivery_id uuid, item_index int, account_id text, channel text, provider text, reason text, ' +
    'detail text, raw_blob text';
  await tx.rows(sql`
    insert into dead_letter (workspace_id, id, delivery_id, item_index, account_id, channel, provider, reason,
      detail, raw_blob)
    select ${tx.workspace}, id, delivery_id, item_index, account_id, channel, provider, reason, detail, raw_blob
    from ${rowSet(rows, columns)}`);
}

/** What is fetched for a message of an earlier delivery was accepted with that message: it is not counted again. */
async function addCounts(tx: Tx, settled: readonly Settled[]): Promise<void> {
  const accepted = settled.filter(({ arrived }) => arrived.delivery.origin !== 'media');
  if (accepted.length === 0) return;
  const rows = accepted.flatMap(({ arrived: { delivery }, outcomes }) => [
    { account_id: delivery.accountId, outcome: 'accepted', reason: '', count: delivery.items.length },
    ...outcomes.map(({ outcome, reason }) => ({
      account_id: delivery.accountId,
      outcome,
      reason: reason ?? '',
      count: 1,
    })),
  ]);
  await tx.rows(sql`
    insert into accounting_count (workspace_id, account_id, outcome, reason, count)
    select ${tx.workspace}, account_id, outcome, reason, sum(count)
    from ${rowSet(rows, 'account_id text, outcome text, reason text, count int')}
    group by account_id, outcome, reason
    order by account_id, outcome, reason
    on conflict (workspace_id, account_id, outcome, reason) do update
      set count = accounting_count.count + excluded.count`);
}
