/*
 * Publishes what the outbox holds, oldest first, and deletes what NATS has stored.
 *
 * Rows are claimed by state, never by a remembered position: with a position, a transaction that commits late would
 * be skipped. A relay that dies leaves its claim to run out; the rows are then published again under the same
 * message id and event id, by which NATS and consumers know them. The process that commits wakes its own relay; the
 * poll is only the safety net.
 *
 * States (accounts, tasks) and facts (events) have a lane each: an account that was just connected must not wait behind
 * the events of a history that is being read.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@kith/bus';
import { type Database, textArray } from '@kith/database';
import type { Logger } from '@kith/service';
import { type SQL, sql } from 'drizzle-orm';

/** A running relay. */
export interface Relay {
  /** Something was committed: look at once. */
  wake(): void;
  /** Resolves to true when every state committed before the call has been published; to false after `timeoutMs`. */
  statesTold(timeoutMs: number): Promise<boolean>;
  /** The same of every fact. */
  factsTold(timeoutMs: number): Promise<boolean>;
  done: Promise<void>;
}

interface RelayParts {
  db: Database;
  bus: Bus;
  log: Logger;
  signal: AbortSignal;
}

interface OutboxRow {
  workspaceId: string;
  id: number;
  subject: string;
  payload: object;
}

const batchMax = 500;
const pollMs = 1_000;
const claimSeconds = 10;
const encoder = new TextEncoder();

/** The conditions of the table's partial indexes, word for word. */
const lanes = {
  states: sql`subject not like 'kith.events.%'`,
  facts: sql`subject like 'kith.events.%'`,
};

/** Starts the relay; it goes on through any outage until the signal aborts. */
export function startRelay(parts: RelayParts): Relay {
  const [states, facts] = [startLane(parts, lanes.states), startLane(parts, lanes.facts)];
  return {
    wake: () => {
      states.wake();
      facts.wake();
    },
    statesTold: states.flushed,
    factsTold: facts.flushed,
    done: Promise.all([states.done, facts.done]).then(() => undefined),
  };
}

function startLane(parts: RelayParts, lane: SQL) {
  let sleeping = new AbortController();
  const waiters = new Set<() => void>();
  const wake = () => sleeping.abort();
  const done = (async () => {
    while (!parts.signal.aborted) {
      const before = [...waiters];
      const more = await publishSome(parts, lane);
      if (more === 'more') continue;
      if (more === 'empty') for (const resolve of before) resolve();
      if (sleeping.signal.aborted && more === 'empty') {
        sleeping = new AbortController();
        continue;
      }
      await sleep(more === 'failed' ? new AbortController().signal : sleeping.signal, parts.signal);
      sleeping = new AbortController();
    }
  })();
  const flushed = (timeoutMs: number): Promise<boolean> =>
    new Promise((resolve) => {
      const finish = (told: boolean) => {
        clearTimeout(timer);
        waiters.delete(published);
        resolve(told);
      };
      const published = () => finish(true);
      const timer = setTimeout(() => finish(false), timeoutMs);
      waiters.add(published);
      wake();
    });
  return { wake, flushed, done };
}

async function publishSome({ db, bus, log }: RelayParts, lane: SQL): Promise<'more' | 'empty' | 'failed'> {
  let rows: OutboxRow[] = [];
  try {
    rows = await claim(db, lane);
    if (rows.length === 0) return 'empty';
    await Promise.all(
      rows.map((row) =>
        bus.publish(row.subject, encoder.encode(JSON.stringify(row.payload)), {
          messageId: `outbox-${row.id}`,
        }),
      ),
    );
    await remove(db, rows);
    return 'more';
  } catch (err) {
    log.warn({ err }, 'the outbox could not be published and is tried again');
    await release(db, rows).catch(() => {});
    return 'failed';
  }
}

async function claim(db: Database, lane: SQL): Promise<OutboxRow[]> {
  const rows = await db.rows<OutboxRow>(sql`
    update outbox set claimed_until = now() + make_interval(secs => ${claimSeconds})
    where (workspace_id, id) in (
      select workspace_id, id from outbox
      where ${lane} and (claimed_until is null or claimed_until < now())
      order by id limit ${batchMax} for update skip locked)
    returning workspace_id as "workspaceId", id, subject, payload`);
  return rows.toSorted((a, b) => a.id - b.id);
}

async function remove(db: Database, rows: readonly OutboxRow[]): Promise<void> {
  await db.rows(sql`delete from outbox where ${areAmong(rows)}`);
}

/** Gives a claim back before it runs out: the next try need not wait for it. */
async function release(db: Database, rows: readonly OutboxRow[]): Promise<void> {
  if (rows.length === 0) return;
  await db.rows(sql`update outbox set claimed_until = null where ${areAmong(rows)}`);
}

function areAmong(rows: readonly OutboxRow[]): SQL {
  const workspaces = textArray([...new Set(rows.map((row) => row.workspaceId))]);
  const ids = sql.param(rows.map((row) => row.id));
  return sql`workspace_id = any(${workspaces}) and id = any(${ids}::bigint[])`;
}

async function sleep(wake: AbortSignal, stop: AbortSignal): Promise<void> {
  const either = new AbortController();
  const abort = () => either.abort();
  wake.addEventListener('abort', abort, { once: true });
  stop.addEventListener('abort', abort, { once: true });
  await delay(pollMs, undefined, { signal: either.signal }).catch(() => {});
  wake.removeEventListener('abort', abort);
  stop.removeEventListener('abort', abort);
}
