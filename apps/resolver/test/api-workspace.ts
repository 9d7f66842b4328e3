/*
 * The workspace `acme` behind the API as its tests use it: deliveries come in, records are upserted, and what became
 * of a participant is looked up by one of its identifiers.
 */
import type { Identifier } from '@kith/contracts';
import { sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { applyBatch } from '../src/apply/apply-batch.ts';
import { arrived, chat, mail, type MailWords } from './deliveries.ts';
import { violationsOf } from './invariants.ts';
import type { TestResolver } from './resolver.ts';

/** What a participant's link is. */
export interface Link {
  id: string;
  status: string;
  recordId: string | null;
  method: string | null;
  candidates: string[];
  dismissed: boolean;
}

const at = '2026-03-02T09:00:00.000Z';

/** The pipeline that `upsert` writes into. */
export const contacts = {
  pipeline: 'contacts',
  fields: [
    { key: 'email', type: 'email' as const },
    { key: 'phone', type: 'phone' as const },
  ],
};

export type ApiWorkspace = ReturnType<typeof createApiWorkspace>;

/** What tests do with the resolver's workspace; `resolver` is opened by the test. */
export function createApiWorkspace(resolver: TestResolver) {
  const { db, acme } = resolver;
  const linkOf = async (identifier: string): Promise<Link> => {
    const [link] = await db.rows<Link>(sql`
      select p.id, p.status, p.record_id as "recordId", p.method, p.candidates, p.dismissed from participant p
      join participant_identifier i on i.workspace_id = p.workspace_id and i.participant_id = p.id
      where p.workspace_id = 'acme' and i.value = ${identifier}`);
    if (link === undefined) throw new Error(`no participant ${identifier}`);
    return link;
  };
  return {
    linkOf,
    receive: (...mails: MailWords[]) =>
      db.write('acme', (tx) => applyBatch(tx, [arrived(mails.map(mail))], at)),
    receiveChat: (id: string, from: readonly Identifier[]) => {
      const delivery = arrived([chat({ id, channel: 'whatsapp', from })], { channel: 'whatsapp' });
      return db.write('acme', (tx) => applyBatch(tx, [delivery], at));
    },
    upsert: (recordId: string, fields: Record<string, unknown>) =>
      acme.records.upsert.mutate({ pipeline: 'contacts', recordId, title: `Record ${recordId}`, fields }),
    undo: (eventId: string | null) => acme.participants.undo.mutate({ eventId: eventId ?? '' }),
    /** The newest entry of a participant's history, of one action where it is given. */
    newestEntry: async (identifier: string, action?: string): Promise<string> => {
      const { id } = await linkOf(identifier);
      const [entry] = await db.rows<{ id: number }>(sql`
        select id from link_event
        where participant_id = ${id} and action = coalesce(${action ?? null}, action) order by id desc limit 1`);
      return String(entry?.id);
    },
    /** Nothing is broken. */
    holds: async () => expect(await violationsOf(db, 'acme')).toEqual([]),
  };
}
