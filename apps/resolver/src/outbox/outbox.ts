/*
 * The transactional outbox: a fact is written in the transaction of what it tells of, and published to NATS after
 * the commit. So no fact is told of something that was rolled back, and none is lost when a process dies between.
 */
import { randomUUID } from 'node:crypto';
import { eventSubject, type Fact } from '@kith/contracts';
import { jsonb, rowSet, type Tx } from '@kith/database';
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

/** Writes one message for another subject than events: the newest state of an account. */
export async function writeState(tx: Tx, subject: string, payload: object): Promise<void> {
  await tx.rows(sql`insert into outbox (workspace_id, subject, payload)
    values (${tx.workspace}, ${subject}, ${jsonb(payload)})`);
}
