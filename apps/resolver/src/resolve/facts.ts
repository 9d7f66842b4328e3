import { type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { Evidence, Facts, LinkDecision, LinkState } from './decide.ts';

/** A participant with what is known of it. */
export interface ParticipantFacts extends Facts {
  participantId: string;
}

type Row = LinkState &
  Pick<Facts, 'internal' | 'nature'> & {
    participantId: string;
    decision: LinkDecision | null;
    evidence: Evidence[];
  };

/**
 * What is known of the live participants among these: one statement, whose cost grows with them and the records that
 * hold what they are known by, never with the size of a table.
 *
 * Decisions count also when they were made of a participant that has merged into this one, or of a record that has
 * merged into another; of contrary ones the newest.
 */
export async function loadFacts(tx: Tx, participantIds: readonly string[]): Promise<ParticipantFacts[]> {
  if (participantIds.length === 0) return [];
  const rows = await tx.rows<Row>(sql`
    select p.id as "participantId", p.status, p.record_id as "recordId", p.method, p.confidence, p.manual,
      p.candidates, p.nature, ${isInternal} as internal, ${newestDecision} as decision,
      coalesce(${evidence}, '[]'::json) as evidence
    from participant p
    cross join lateral (
      select array(select g.id from participant g where g.workspace_id = p.workspace_id and g.merged_into = p.id)
        || p.id as ids) members
    where p.workspace_id = ${tx.workspace} and p.id = any(${uuidArray(participantIds)}) and p.merged_into is null
    order by p.id`);
  return rows.map(({ participantId, internal, nature, decision, evidence, ...current }) => ({
    participantId,
    internal,
    nature,
    decision,
    evidence,
    current,
  }));
}

const isInternal = sql`exists (
  select 1 from participant_identifier pi
  where pi.workspace_id = p.workspace_id and pi.participant_id = p.id and (
    exists (
      select 1 from account_identifier ai
      where ai.workspace_id = pi.workspace_id and ai.kind = pi.kind and ai.value = pi.value)
    or exists (
      select 1 from team_identity t
      where t.workspace_id = pi.workspace_id and t.kind = pi.kind and t.value = pi.value)
    or (pi.kind = 'email' and exists (
      select 1 from team_identity t
      where t.workspace_id = pi.workspace_id and t.kind = 'domain' and t.value = split_part(pi.value, '@', 2)))))`;

/*
 * `offset 0` keeps each look-up an index probe of its own. Joined, a planner that does not know the tables yet (they
 * were just made, or loaded) reads every record of the workspace once for each participant.
 */

const newestDecision = sql`(
  select json_build_object('recordId', r.record_id, 'method', d.method, 'confidence', d.confidence)
  from participant_decision d
  cross join lateral (
    select coalesce(named.merged_into, named.record_id) as holder from record named
    where named.workspace_id = d.workspace_id and named.record_id = d.record_id offset 0) named
  cross join lateral (
    select r.record_id from record r
    where r.workspace_id = d.workspace_id and r.record_id = named.holder and r.deleted_at is null offset 0) r
  where d.workspace_id = p.workspace_id and d.participant_id = any(members.ids) and d.verdict = 'is'
    and not exists (
      select 1 from participant_decision against
      where against.workspace_id = d.workspace_id and against.participant_id = any(members.ids)
        and against.record_id in (d.record_id, r.record_id) and against.verdict = 'is_not' and against.at > d.at)
  order by d.at desc, d.participant_id = p.id desc, d.participant_id limit 1)`;

const evidence = sql`(
  select json_agg(json_build_object('recordId', ri.record_id, 'kind', ri.kind, 'value', ri.value,
    'field', ri.field, 'isClue', known.is_clue, 'byWebhook', known.by_webhook)
    order by ri.record_id, ri.kind, ri.value, ri.field)
  from (
    select pi.kind, pi.value, false as is_clue, pi.seen_by_webhook as by_webhook from participant_identifier pi
    where pi.workspace_id = p.workspace_id and pi.participant_id = p.id
    union all
    select c.kind, c.value, true, pi.seen_by_webhook from participant_identifier pi
    cross join lateral (
      select c.kind, c.value from participant_clue c
      where c.workspace_id = pi.workspace_id and c.identifier_id = pi.id and c.kind = 'email' offset 0) c
    where pi.workspace_id = p.workspace_id and pi.participant_id = p.id and p.channel = 'linkedin') known
  cross join lateral (
    select ri.record_id, ri.source_record_id, ri.kind, ri.value, ri.field from record_identifier ri
    where ri.workspace_id = p.workspace_id and ri.kind = known.kind and ri.value = known.value offset 0) ri
  cross join lateral (
    select 1 from record r
    where r.workspace_id = p.workspace_id and r.record_id = ri.record_id and r.deleted_at is null offset 0) live
  where not exists (
    select 1 from participant_decision d
    where d.workspace_id = p.workspace_id and d.participant_id = any(members.ids) and d.verdict = 'is_not'
      and d.record_id in (ri.record_id, ri.source_record_id)))`;
