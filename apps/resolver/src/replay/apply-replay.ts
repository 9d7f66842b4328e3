/*
 * Takes in what was read again of a delivery, and ends its dead letters, in one transaction: what is stored, the outcome
 * that the delivery keeps, the counts and the list of dead letters change together or not at all (Invariant 2).
 *
 * Only what is dead at that moment ends. So what comes twice, or was asked for twice, ends once, and `accepted` stays what
 * it was: the items were accepted when they first came.
 */
import type { DeadLetterReason, ReplayedBody } from '@kith/contracts';
import { jsonb, rowSet, type Tx } from '@kith/database';
import type { KeyedHash } from '@kith/service';
import { sql } from 'drizzle-orm';
import type { Outcome } from '../apply/accounting.ts';
import { applyAgain } from '../apply/apply-batch.ts';
import type { Arrived } from '../apply/decode.ts';
import { leaveOutErased } from '../erase/leave-out-erased.ts';
import { chooseItems, type Dead, type Ended, endDead } from './replayed-outcomes.ts';

/** When it happens, and how names are hashed. */
export interface Applying {
  at: string;
  hash: KeyedHash;
}

/** Applies what was found in a body, and ends the dead letters that were asked for. */
export async function applyReplay(
  tx: Tx,
  { replayed, arrived }: { replayed: ReplayedBody; arrived: Arrived },
  applying: Applying,
): Promise<void> {
  if (!replayed.settles) {
    await applyAgain(tx, await leaveOutErased(tx, [arrived], applying), applying.at);
    return;
  }
  const known = await findDead(tx, replayed);
  if (known === null) return;
  const { items, isByPlace } = chooseItems(arrived.delivery.items, known.dead, known.outcomes.length);
  const chosen = { ...arrived, delivery: { ...arrived.delivery, items } };
  const left = await leaveOutErased(tx, [chosen], applying);
  const [settled] = await applyAgain(tx, left, applying.at);
  if (settled !== undefined) await writeEnds(tx, known, endDead(known.dead, settled, isByPlace));
}

/** Keeps the dead letters as they are, but for why: they cannot be written today either. */
export async function failAgain(
  tx: Tx,
  replayed: ReplayedBody,
  end: { reason: DeadLetterReason; detail: string },
): Promise<void> {
  const known = await findDead(tx, replayed);
  if (known === null) return;
  const outcome = { outcome: 'dead_lettered', reason: end.reason } as const;
  await writeEnds(
    tx,
    known,
    known.dead.map((dead) => ({ dead, outcome, detail: end.detail })),
  );
}

/** The body is not kept any more: nobody can read it again, and the dead letters say so. */
export async function forgetBody(tx: Tx, { deliveryId, items }: ReplayedBody): Promise<void> {
  await tx.rows(sql`update dead_letter set raw_blob = null
    where workspace_id = ${tx.workspace} and delivery_id = ${deliveryId}
      and item_index in (select index from ${rowSet(
        items.map((index) => ({ index })),
        'index int',
      )})`);
}

interface KnownDelivery {
  id: string;
  accountId: string;
  outcomes: Outcome[];
  dead: Dead[];
}

/** Those of the dead letters that still are; null where none is. */
async function findDead(tx: Tx, { deliveryId, items }: ReplayedBody): Promise<KnownDelivery | null> {
  const [row] = await tx.rows<KnownDelivery>(sql`
    select d.id, d.account_id as "accountId", d.outcomes, coalesce((
      select json_agg(json_build_object('index', l.item_index, 'reason', l.reason) order by l.item_index)
      from ${rowSet(
        items.map((index) => ({ index })),
        'index int',
      )}
      join dead_letter l on l.workspace_id = d.workspace_id and l.delivery_id = d.id
        and l.item_index = input.index), '[]') as dead
    from delivery d where d.workspace_id = ${tx.workspace} and d.id = ${deliveryId}`);
  return row === undefined || row.dead.length === 0 ? null : row;
}

async function writeEnds(tx: Tx, known: KnownDelivery, ended: readonly Ended[]): Promise<void> {
  const outcomes = [...known.outcomes];
  for (const { dead, outcome } of ended) outcomes[dead.index] = outcome;
  await tx.rows(sql`update delivery set outcomes = ${jsonb(outcomes)}
    where workspace_id = ${tx.workspace} and id = ${known.id}`);
  await writeLetters(tx, known, ended);
  await moveCounts(tx, known, ended);
}

async function writeLetters(tx: Tx, { id }: KnownDelivery, ended: readonly Ended[]): Promise<void> {
  const rows = ended.map(({ dead, outcome, detail }) => ({
    index: dead.index,
    stays: outcome.outcome === 'dead_lettered',
    reason: outcome.reason ?? null,
    detail,
  }));
  const input = rowSet(rows, 'index int, stays boolean, reason text, detail text');
  const isIts = sql`l.workspace_id = ${tx.workspace} and l.delivery_id = ${id} and l.item_index = input.index`;
  await tx.rows(sql`delete from dead_letter l using ${input} where ${isIts} and not input.stays`);
  await tx.rows(sql`update dead_letter l set reason = input.reason, detail = input.detail
    from ${input} where ${isIts} and input.stays`);
}

/** From what they were to what they are. A reason that none has any more is not counted as none. */
async function moveCounts(tx: Tx, { accountId }: KnownDelivery, ended: readonly Ended[]): Promise<void> {
  const rows = ended.flatMap(({ dead, outcome: { outcome, reason = '' } }) => [
    { outcome: 'dead_lettered', reason: dead.reason, count: -1 },
    { outcome, reason, count: 1 },
  ]);
  await tx.rows(sql`
    insert into accounting_count (workspace_id, account_id, outcome, reason, count)
    select ${tx.workspace}, ${accountId}, outcome, reason, sum(count)
    from ${rowSet(rows, 'outcome text, reason text, count int')}
    group by outcome, reason having sum(count) <> 0
    order by outcome, reason
    on conflict (workspace_id, account_id, outcome, reason) do update
      set count = accounting_count.count + excluded.count`);
  await tx.rows(sql`delete from accounting_count
    where workspace_id = ${tx.workspace} and account_id = ${accountId} and count = 0`);
}
