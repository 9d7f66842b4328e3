/*
 * A workspace of its own as the CRM and the mailboxes see it, without HTTP between: for tests of what is written.
 */
import { randomUUID } from 'node:crypto';
import type { Database, Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { applyBatch } from '../src/apply/apply-batch.ts';
import { deleteRecord } from '../src/records/delete-records.ts';
import { type Pipeline, writePipeline } from '../src/records/pipeline.ts';
import { type RecordInput, upsertRecords } from '../src/records/upsert-records.ts';
import { linkByPerson, manualLink, unlinkByPerson } from '../src/decisions/link-by-person.ts';
import { arrived, mail, type MailWords } from './deliveries.ts';

/** What a participant's link is, with the records between which nothing decides. */
export interface TestLink {
  id: string;
  status: string;
  recordId: string | null;
  method: string | null;
  candidates: string[];
}

export const at = '2026-03-02T09:00:00.000Z';
const stamp = { at, actor: 'key:test' };

/** The fields that the tests' contacts have. */
export const contactFields: Pipeline['fields'] = [
  { key: 'email', type: 'email' },
  { key: 'phone', type: 'phone' },
  { key: 'linkedin', type: 'linkedin' },
  { key: 'site', type: 'url' },
];

/** Opens a workspace that no other test has, with the pipeline `contacts`. */
export async function openCrm(db: Database, workspace = `crm-${randomUUID()}`) {
  const pipeline = (change: Partial<Pipeline> = {}) =>
    db.write(workspace, (tx) =>
      writePipeline(tx, { pipeline: 'contacts', fields: contactFields, defaultCountry: null, ...change }),
    );
  await pipeline();
  const upsertAll = (records: RecordInput[]) =>
    db.write(workspace, (tx) => upsertRecords(tx, { pipeline: 'contacts', records }, stamp));
  return {
    workspace,
    pipeline,
    upsertAll,
    /** Answers how many participants the record gained. */
    upsert: async (recordId: string, fields: Record<string, unknown>, more: Partial<RecordInput> = {}) =>
      (await upsertAll([{ recordId, fields, ...more }])).get(recordId),
    remove: (recordId: string) => db.write(workspace, (tx) => deleteRecord(tx, recordId, stamp)),
    receive: (...mails: MailWords[]) =>
      db.write(workspace, (tx) => applyBatch(tx, [arrived(mails.map(mail), { workspace })], at)),
    write: <T>(change: (tx: Tx) => Promise<T>) => db.write(workspace, change),
    /** A person says that the participant is the record. */
    link: async (identifier: string, recordId: string) => {
      const { id } = await readLink(db, workspace, identifier);
      const request = { participantId: id, recordId, ...manualLink };
      await db.write(workspace, (tx) => linkByPerson(tx, [request], { ...stamp, field: String }));
    },
    /** A person takes the participant's link away. */
    unlink: async (identifier: string) => {
      const { id } = await readLink(db, workspace, identifier);
      await db.write(workspace, (tx) => unlinkByPerson(tx, [id], { ...stamp, field: String }));
    },
    linkOf: (identifier: string) => readLink(db, workspace, identifier),
    rows: <T extends object>(table: string, columns: string, where = 'true') =>
      db.rows<T>(sql`select ${sql.raw(columns)} from ${sql.raw(table)}
        where workspace_id = ${workspace} and ${sql.raw(where)} order by 1`),
  };
}

/** A transaction that counts its statements. */
export function counting(tx: Tx): { tx: Tx; count(): number } {
  let statements = 0;
  return {
    count: () => statements,
    tx: {
      workspace: tx.workspace,
      rows: (query) => {
        statements += 1;
        return tx.rows(query);
      },
    },
  };
}

async function readLink(db: Database, workspace: string, identifier: string): Promise<TestLink> {
  const [link] = await db.rows<TestLink>(sql`
    select p.id, p.status, p.record_id as "recordId", p.method, p.candidates
    from participant_identifier pi
    join participant p on p.workspace_id = pi.workspace_id and p.id = pi.participant_id
    where pi.workspace_id = ${workspace} and pi.value = ${identifier}`);
  if (link === undefined) throw new Error(`no participant ${identifier}`);
  return link;
}
