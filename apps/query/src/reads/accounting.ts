/*
 * The accounting (Invariant 2): accepted = stored + duplicate + ignored + deadLettered + pending.
 *
 * How items ended is counted by the resolver in the transaction that ends them, and read here in one statement.
 * `pending` is what was answered 200 and waits to be read by its ingest service, and what the stream of deliveries
 * holds beyond what was consumed. Each is read before where it goes on to: what moves in between counts as pending
 * twice or a moment too long, never as lost.
 */
import {
  type Accounting,
  inboundStream,
  inboundSubject,
  receivedStream,
  receivedSubject,
} from '@kith/contracts';
import type { Bus } from '@kith/bus';
import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';

/** The durable consumer by which the resolver reads deliveries. */
const resolverConsumer = 'resolver';

/** What became of everything the workspace's webhooks were told is accepted. */
export async function readAccounting(
  sources: { db: Rows; bus: Bus },
  workspace: string,
): Promise<Accounting> {
  const received = await countReceived(sources.bus, workspace);
  const hasPending = (await sources.bus.unacknowledged(inboundStream, resolverConsumer)) > 0;
  const { firstSeq } = hasPending ? await sources.bus.streamState(inboundStream) : { firstSeq: null };
  const { counts, consumed } = await readCounts(sources.db, workspace, firstSeq);
  const pending = received + (hasPending ? await countPending(sources.bus, workspace, consumed) : 0);
  const total = (outcome: string) => sum(counts.filter((count) => count.outcome === outcome));
  return {
    accepted: total('accepted') + pending,
    stored: total('stored'),
    duplicate: total('duplicate'),
    ignored: total('ignored'),
    deadLettered: total('dead_lettered'),
    pending,
    ignoredByReason: byReason(counts, 'ignored'),
    deadLetteredByReason: byReason(counts, 'dead_lettered'),
  };
}

interface Count {
  outcome: string;
  reason: string;
  count: number;
}

async function readCounts(
  db: Rows,
  workspace: string,
  firstSeq: number | null,
): Promise<{ counts: Count[]; consumed: number }> {
  const rows = await db.rows<Count>(sql`
    select outcome, reason, sum(count)::bigint as count from accounting_count
    where workspace_id = ${workspace} group by outcome, reason
    union all
    select 'consumed', '', count(*) from delivery
    where workspace_id = ${workspace} and stream_seq >= ${firstSeq}::bigint`);
  const consumed = rows.find((row) => row.outcome === 'consumed')?.count ?? 0;
  return { counts: rows.filter((row) => row.outcome !== 'consumed'), consumed };
}

/** Webhooks that wait to be read. Each message says in its subject how many it holds, and goes when they are settled. */
async function countReceived(bus: Bus, workspace: string): Promise<number> {
  const subjects = await bus.subjectCounts(receivedStream, receivedSubject('*', workspace, '*'));
  return [...subjects].reduce((total, [subject, messages]) => total + messages * heldBy(subject), 0);
}

/** A message holds at least one, whatever its subject says. */
const heldBy = (subject: string): number => Math.max(1, Number(subject.split('.').at(-1)) || 1);

async function countPending(bus: Bus, workspace: string, consumed: number): Promise<number> {
  const state = await bus.streamState(inboundStream, inboundSubject('*', workspace));
  return Math.max(0, state.messages - consumed);
}

function byReason(counts: readonly Count[], outcome: string): Record<string, number> {
  const ended = counts.filter((count) => count.outcome === outcome);
  return Object.fromEntries(ended.map((count) => [count.reason, count.count]));
}

const sum = (counts: readonly Count[]): number => counts.reduce((total, { count }) => total + count, 0);
