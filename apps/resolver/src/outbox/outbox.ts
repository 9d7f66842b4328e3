/*
 * The transactional outbox: a fact is written in the transaction of what it tells of, and published to NATS after
 * the commit. So no fact is told of something that was rolled back, and none is lost when a process dies between.
 */
import { randomUUID } from 'node:crypto';
import { eventSubject, type Fact } from '@kith/contracts';
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';

/** Writes facts, each as a CloudEvents envelope on its subject. `at` is when they became true. */
export async function writeFacts(tx: Tx, facts: readonly Fact[], at: string): Promise<void> {
  if (facts.length === 0) return;
  const rows = facts.map((fact) => ({
    subject: eventSubject(tx.workspace, fact.type),
    payload: {
      specversion: '1.0',
      id: randomUUID(),
      source: 'kith/resolver',
      type: fact.type,
      time: at,
      datacontenttype: 'application/json',
      workspace: tx.workspace,
      schemaversion: '1',
      data: fact.data,
    },
  }));
  await tx.rows(sql`insert into outbox (workspace_id, subject, payload)
    select ${tx.workspace}, subject, payload from ${rowSet(rows, 'subject text, payload jsonb')}`);
}

/** A message for another subject than events: the newest state of an account, a task. */
export interface StateMessage {
  subject: string;
  payload: object;
}

/** Writes messages for other subjects than events. */
export async function writeStates(tx: Tx, messages: readonly StateMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.rows(sql`insert into outbox (workspace_id, subject, payload)
    select ${tx.workspace}, subject, payload from ${rowSet(messages, 'subject text, payload jsonb')}`);
}
