/*
 * Asks the ingest services to read dead letters again: one task for each delivery, whichever of its items are meant, in
 * the transaction of who asked. Asking changes nothing by itself; a dead letter ends when what was read comes back.
 */
import {
  type Channel,
  type DeadLetterReason,
  KithError,
  type ReplayTask,
  replayTaskSubject,
} from '@kith/contracts';
import { type Tx, uuidArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { undecodableAccount } from '../apply/dead-letters.ts';
import { isId } from '../ids.ts';
import { writeStates } from '../outbox/outbox.ts';

/** Which dead letters: those named, or all of an account or a reason. */
export interface ReplayRequest {
  deadLetterIds?: string[] | undefined;
  accountId?: string | undefined;
  reason?: DeadLetterReason | undefined;
}

/** Asks for at most `countMax` of them, newest first. Throws `dead_letter_not_found`. */
export async function requestReplay(
  tx: Tx,
  request: ReplayRequest,
  countMax: number,
): Promise<{ replayed: number; skipped: number }> {
  const letters = await findLetters(tx, request, countMax);
  requireAll(request.deadLetterIds, letters);
  const replayable = letters.filter((letter) => letter.replayable);
  await writeStates(
    tx,
    tasksOf(tx.workspace, replayable).map((task) => ({
      subject: replayTaskSubject(task.channel, tx.workspace),
      payload: task,
    })),
  );
  return { replayed: replayable.length, skipped: letters.length - replayable.length };
}

interface Letter {
  id: string;
  itemIndex: number;
  replayable: boolean;
  deliveryId: string;
  accountId: string;
  channel: Channel;
  provider: ReplayTask['provider'];
  raw: string;
  origin: ReplayTask['origin'];
  receivedAt: string;
  itemCount: number;
  arrivedWith: string[];
}

/** As many as one body makes deliveries, and those that came beside it. */
const arrivedWithMax = 100;

/** Those that can be replayed first, so that a call without ids does not meet the same others again and again. */
function findLetters(tx: Tx, request: ReplayRequest, countMax: number): Promise<Letter[]> {
  return tx.rows<Letter>(sql`
    select l.id, l.item_index as "itemIndex", coalesce(${isReplayable}, false) as replayable,
      l.delivery_id as "deliveryId", l.account_id as "accountId", l.channel, l.provider, l.raw_blob as raw,
      d.origin, d.received_at as "receivedAt", jsonb_array_length(d.outcomes) as "itemCount",
      array(select other.id::text from delivery other
        where other.workspace_id = d.workspace_id and other.account_id = d.account_id
          and other.received_at = d.received_at limit ${arrivedWithMax}) as "arrivedWith"
    from dead_letter l
    left join delivery d on d.workspace_id = l.workspace_id and d.id = l.delivery_id
    where l.workspace_id = ${tx.workspace} and ${areMeant(request)}
    order by replayable desc, l.created_at desc, l.delivery_id, l.item_index
    limit ${countMax}`);
}

/**
 * What arrived is kept, and is a body: not what was no delivery at all, and not a file that a message named, which is
 * fetched again with the message. `deliveries.deadLetters` of the query service says the same.
 */
const isReplayable: SQL = sql`l.raw_blob is not null and d.origin <> 'media'
  and not (l.account_id = ${undecodableAccount} and l.reason = 'invalid_delivery')`;

function areMeant({ deadLetterIds, accountId, reason }: ReplayRequest): SQL {
  if (deadLetterIds !== undefined) return sql`l.id = any(${uuidArray(deadLetterIds.filter(isId))})`;
  const ofAccount = accountId === undefined ? sql`true` : sql`l.account_id = ${accountId}`;
  return reason === undefined ? ofAccount : sql`${ofAccount} and l.reason = ${reason}`;
}

function requireAll(asked: readonly string[] | undefined, found: readonly Letter[]): void {
  const known = new Set(found.map(({ id }) => id));
  const index = (asked ?? []).findIndex((id) => !known.has(id.toLowerCase()));
  if (index < 0) return;
  const field = `deadLetterIds.${index}`;
  throw new KithError('dead_letter_not_found', 'no dead letter with this id', { field });
}

function tasksOf(workspace: string, letters: readonly Letter[]): ReplayTask[] {
  const byDelivery = new Map<string, ReplayTask>();
  for (const { id: _, itemIndex, replayable: __, ...about } of letters) {
    const task = byDelivery.get(about.deliveryId) ?? { version: 1, workspace, ...about, items: [] };
    task.items.push(itemIndex);
    byDelivery.set(about.deliveryId, task);
  }
  return [...byDelivery.values()];
}
