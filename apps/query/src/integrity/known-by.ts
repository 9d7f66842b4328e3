/*
 * What is known of a row of `participant p`, as the resolver reads it before it decides (its `resolve/facts.ts`): what
 * both look at has to be the same, or a check would contradict the rule.
 *
 * `offset 0` keeps each look-up an index probe of its own, also where a planner does not know the tables yet.
 */
import { sql } from 'drizzle-orm';

/** It, and those that have merged into it: people's words about any of them count for the whole. */
const members = sql`(
  select array(select g.id from participant g where g.workspace_id = p.workspace_id and g.merged_into = p.id)
    || p.id as ids)`;

/** Whether one of its identifiers is an account's or the team's. */
export const isOwn = sql`exists (
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

/** The link that a person's newest word makes, as `[recordId, method, confidence]`; null without one that stands. */
export const decidedLink = sql`(
  select jsonb_build_array(r.record_id, d.method, d.confidence)
  from ${members} members
  join participant_decision d on d.workspace_id = p.workspace_id and d.participant_id = any(members.ids)
    and d.verdict = 'is'
  cross join lateral (
    select coalesce(named.merged_into, named.record_id) as holder from record named
    where named.workspace_id = d.workspace_id and named.record_id = d.record_id offset 0) named
  cross join lateral (
    select r.record_id from record r
    where r.workspace_id = d.workspace_id and r.record_id = named.holder and r.deleted_at is null offset 0) r
  where not exists (
    select 1 from participant_decision against
    where against.workspace_id = d.workspace_id and against.participant_id = any(members.ids)
      and against.record_id in (d.record_id, r.record_id) and against.verdict = 'is_not' and against.at > d.at)
  order by d.at desc, d.participant_id = p.id desc, d.participant_id limit 1)`;

/** The records that hold what it is known by, without the deleted ones and those that a person has ruled out. */
export const holders = sql`(
  select coalesce(array_agg(distinct ri.record_id), '{}')
  from ${members} members
  cross join lateral (
    select pi.kind, pi.value from participant_identifier pi
    where pi.workspace_id = p.workspace_id and pi.participant_id = p.id
    union all
    select c.kind, c.value from participant_identifier pi
    cross join lateral (
      select c.kind, c.value from participant_clue c
      where c.workspace_id = pi.workspace_id and c.identifier_id = pi.id and c.kind = 'email' offset 0) c
    where pi.workspace_id = p.workspace_id and pi.participant_id = p.id and p.channel = 'linkedin') known
  cross join lateral (
    select ri.record_id, ri.source_record_id from record_identifier ri
    where ri.workspace_id = p.workspace_id and ri.kind = known.kind and ri.value = known.value offset 0) ri
  cross join lateral (
    select 1 from record r
    where r.workspace_id = p.workspace_id and r.record_id = ri.record_id and r.deleted_at is null offset 0) live
  where not exists (
    select 1 from participant_decision d
    where d.workspace_id = p.workspace_id and d.participant_id = any(members.ids) and d.verdict = 'is_not'
      and d.record_id in (ri.record_id, ri.source_record_id)))`;
