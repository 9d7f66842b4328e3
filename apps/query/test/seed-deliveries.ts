import { randomUUID } from 'node:crypto';
import type { ItemOutcome } from '@kith/contracts';
import { type Database, jsonb } from '@kith/database';
import { sql } from 'drizzle-orm';

export interface SeededDelivery {
  id?: string;
  seq: number;
  outcomes: { outcome: ItemOutcome; messageId?: string }[];
  at?: string;
}

export interface SeededCount {
  outcome: string;
  reason: string;
  count: number;
  accountId?: string | undefined;
}

export async function insertDelivery(db: Database, workspace: string, row: SeededDelivery): Promise<string> {
  const id = row.id ?? randomUUID();
  await db.rows(sql`
    insert into delivery (workspace_id, id, account_id, channel, provider, origin, received_at, stream_seq, outcomes)
    values (${workspace}, ${id}, 'mail', 'email', 'mime', 'webhook', ${row.at ?? '2026-01-01T00:00:00.000Z'},
      ${row.seq}, ${jsonb(row.outcomes)})`);
  return id;
}

export async function insertCount(db: Database, workspace: string, row: SeededCount): Promise<void> {
  await db.rows(sql`insert into accounting_count (workspace_id, account_id, outcome, reason, count)
    values (${workspace}, ${row.accountId ?? 'mail'}, ${row.outcome}, ${row.reason}, ${row.count})`);
}

/** Answers its id. */
export async function insertDeadLetter(
  db: Database,
  workspace: string,
  row: { createdAt: string; accountId?: string | undefined },
): Promise<string> {
  const id = randomUUID();
  await db.rows(sql`insert into dead_letter (workspace_id, id, delivery_id, item_index, account_id, channel,
      provider, reason, detail, created_at)
    values (${workspace}, ${id}, ${randomUUID()}, 0, ${row.accountId ?? 'mail'}, 'email', 'mime', 'parse_failed', 'x',
      ${row.createdAt})`);
  return id;
}
