import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import { participantMembers } from './known-identifiers.ts';

/** A person's word that a participant is a record, or is not. */
export interface Decision {
  recordId: string;
  verdict: 'is' | 'is_not';
  actor: string;
  /** The name of the API key by which it was said. */
  keyName: string | null;
  at: string;
}

const decisionsMax = 200;

/**
 * What people said of a live participant and of those that have merged into it, newest first, of each record the
 * newest of each verdict.
 */
export async function readDecisions(db: Rows, workspace: string, participantId: string): Promise<Decision[]> {
  return db.rows<Decision>(sql`
    select newest.record_id as "recordId", newest.verdict, newest.actor, k.name as "keyName", newest.at
    from (
      select distinct on (d.record_id, d.verdict) d.record_id, d.verdict, d.actor, d.at
      from (${participantMembers({ workspace, ids: [participantId] })}) member
      join participant_decision d on d.workspace_id = ${workspace} and d.participant_id = member.member_id
      order by d.record_id, d.verdict, d.at desc) newest
    left join api_key k on k.workspace_id = ${workspace} and newest.actor = 'key:' || k.id
    order by newest.at desc, newest.record_id limit ${decisionsMax}`);
}
