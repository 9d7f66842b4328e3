/*
 * What must hold of a workspace's tables whatever happened to it, each rule as a query for what breaks it.
 */
import type { Database } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { loadFacts } from '../src/resolve/facts.ts';
import { decide, isSameLink } from '../src/resolve/decide.ts';

const liveRecord = sql`(select coalesce(r.merged_into, r.record_id) from record r
  where r.workspace_id = d.workspace_id and r.record_id = d.record_id)`;

const rules: Record<string, (workspace: string) => SQL> = {
  'a participant is linked exactly when it has a record': (workspace) => sql`
    select id from participant
    where workspace_id = ${workspace} and (status = 'linked') <> (record_id is not null)`,
  'a link has a method and a confidence': (workspace) => sql`
    select id from participant where workspace_id = ${workspace}
      and ((record_id is null) <> (method is null) or (record_id is null) <> (confidence is null))`,
  'an ambiguous participant has its candidates, an unlinked or internal one has none': (workspace) => sql`
    select id from participant where workspace_id = ${workspace}
      and ((status = 'ambiguous' and cardinality(candidates) < 2)
        or (status in ('unlinked', 'internal') and cardinality(candidates) > 0))`,
  'nobody is linked to a record that is not there': (workspace) => sql`
    select p.id from participant p left join record r
      on r.workspace_id = p.workspace_id and r.record_id = p.record_id and r.deleted_at is null
    where p.workspace_id = ${workspace} and p.record_id is not null and r.record_id is null`,
  'a link that no person made has evidence': (workspace) => sql`
    select p.id from participant p
    where p.workspace_id = ${workspace} and p.record_id is not null and not p.manual and not exists (
      select 1 from participant_identifier pi
      left join participant_clue c on c.workspace_id = pi.workspace_id and c.identifier_id = pi.id
      join record_identifier ri on ri.workspace_id = pi.workspace_id and ri.record_id = p.record_id
        and ((ri.kind, ri.value) = (pi.kind, pi.value) or (ri.kind, ri.value) = (c.kind, c.value))
      where pi.workspace_id = p.workspace_id and pi.participant_id = p.id)`,
  'a link that a person made has the decision': (workspace) => sql`
    select p.id from participant p
    where p.workspace_id = ${workspace} and p.manual and not exists (
      select 1 from participant_decision d join participant g
        on g.workspace_id = d.workspace_id and g.id = d.participant_id and coalesce(g.merged_into, g.id) = p.id
      where d.workspace_id = p.workspace_id and d.verdict = 'is' and ${liveRecord} = p.record_id)`,
  'no rule links what a person ruled out': (workspace) => sql`
    select p.id from participant p
    join participant g on g.workspace_id = p.workspace_id and coalesce(g.merged_into, g.id) = p.id
    join participant_decision d on d.workspace_id = g.workspace_id and d.participant_id = g.id
    where p.workspace_id = ${workspace} and not p.manual and d.verdict = 'is_not' and d.record_id = p.record_id`,
  'the last entry of a participant’s history says what its link is': (workspace) => sql`
    select p.id from participant p
    left join lateral (
      select e.* from link_event e where e.workspace_id = p.workspace_id and e.participant_id = p.id
      order by e.id desc limit 1) last on true
    where p.workspace_id = ${workspace}
      and (p.status, p.record_id, p.method, p.confidence)
        is distinct from (coalesce(last.status, 'unlinked'), last.record_id, last.method, last.confidence)`,
  'every entry goes on from the one before it': (workspace) => sql`
    select id from (
      select id, previous_record_id, lag(record_id) over (partition by participant_id order by id) as was
      from link_event where workspace_id = ${workspace} and participant_id is not null) e
    where previous_record_id is distinct from was`,
  'an entry is undone once': (workspace) => sql`
    select undoes from link_event where workspace_id = ${workspace} and undoes is not null
    group by undoes having count(*) > 1`,
  'a participant that was merged has nothing left of its own': (workspace) => sql`
    select p.id from participant p
    where p.workspace_id = ${workspace} and p.merged_into is not null and (
      p.record_id is not null or p.status <> 'unlinked'
      or exists (select 1 from participant_identifier i where i.workspace_id = p.workspace_id and i.participant_id = p.id)
      or exists (select 1 from conversation_participant c where c.workspace_id = p.workspace_id and c.participant_id = p.id)
      or not exists (select 1 from participant q where q.workspace_id = p.workspace_id and q.id = p.merged_into
        and q.merged_into is null))`,
  'what identifies a merged record identifies the one it was merged into': (workspace) => sql`
    select ri.value from record_identifier ri
    join record s on s.workspace_id = ri.workspace_id and s.record_id = ri.source_record_id
    where ri.workspace_id = ${workspace} and ri.record_id <> coalesce(s.merged_into, s.record_id)`,
  'who takes part in a conversation follows from its messages': (workspace) => sql`
    with named as (
      select m.conversation_id, i.participant_id from message m
      join message_participant mp on mp.workspace_id = m.workspace_id and mp.message_id = m.id
      join participant_identifier i on i.workspace_id = mp.workspace_id and i.id = mp.identifier_id
      where m.workspace_id = ${workspace}),
    kept as (select conversation_id, participant_id from conversation_participant where workspace_id = ${workspace})
    (table named except table kept) union all (table kept except table named)`,
  'what a participant is shown with is the best of its identifiers': (workspace) => sql`
    select p.id from participant p
    join lateral (
      select sum(i.message_count) as messages,
        max(array_position(array['person', 'role', 'list', 'machine'],
          case when i.wrote_as_person and i.nature <> 'role' then 'person' else i.nature end)) as nature
      from participant_identifier i
      where i.workspace_id = p.workspace_id and i.participant_id = p.id) best on true
    where p.workspace_id = ${workspace} and p.merged_into is null
      and (p.message_count <> best.messages
        or array_position(array['person', 'role', 'list', 'machine'], p.nature) <> best.nature
        or not exists (select 1 from participant_identifier i where i.workspace_id = p.workspace_id
          and i.participant_id = p.id and i.value = p.identifier))`,
  'a message shows the furthest status and the newest text of what was told of it': (workspace) => sql`
    select m.id from message m
    where m.workspace_id = ${workspace} and (m.status, m.edited_text, m.deleted_at) is distinct from (
      (select (array['queued', 'sent', 'failed', 'delivered', 'read', 'played'])[max(array_position(
          array['queued', 'sent', 'failed', 'delivered', 'read', 'played'], s.status))]
        from message_status s where s.workspace_id = m.workspace_id and s.message_id = m.id),
      (select (array_agg(c.text order by c.at desc, c.change_id collate "C" desc))[1] from message_change c
        where c.workspace_id = m.workspace_id and c.message_id = m.id and c.kind = 'edit'),
      (select c.at from message_change c
        where c.workspace_id = m.workspace_id and c.message_id = m.id and c.kind = 'deletion'))`,
  'a preview shows nothing of a message that was taken back': (workspace) => sql`
    select c.id from conversation c
    where c.workspace_id = ${workspace} and c.preview <> '' and (
      select m.deleted_at is not null from message m
      where m.workspace_id = c.workspace_id and m.conversation_id = c.id order by m.sent_at desc, m.id desc limit 1)`,
  'a conversation has as many messages as it says': (workspace) => sql`
    select c.id from conversation c
    where c.workspace_id = ${workspace} and c.message_count <> (
      select count(*) from message m where m.workspace_id = c.workspace_id and m.conversation_id = c.id)`,
  'an account’s identity is declared or learned': (workspace) => sql`
    select value from account_identifier where workspace_id = ${workspace} and not declared and not learned`,
  'a record’s newest activity is that of its participants': (workspace) => sql`
    select r.record_id from record r
    where r.workspace_id = ${workspace} and r.last_activity_at is distinct from (
      select max(p.last_message_at) from participant p
      where p.workspace_id = r.workspace_id and p.record_id = r.record_id)`,
};

/** Every rule that is broken, with what breaks it. */
export async function violationsOf(db: Database, workspace: string): Promise<string[]> {
  const broken: string[] = [];
  for (const [rule, query] of Object.entries(rules)) {
    const rows = await db.rows(query(workspace));
    if (rows.length > 0) broken.push(`${rule}: ${JSON.stringify(rows.slice(0, 3))}`);
  }
  return [...broken, ...(await unresolved(db, workspace))];
}

/** Everybody is what the rule says now: no change of a record, an account or a decision was missed. */
async function unresolved(db: Database, workspace: string): Promise<string[]> {
  const ids = await db.rows<{ id: string }>(sql`select id from participant
    where workspace_id = ${workspace} and merged_into is null`);
  const known = await db.write(workspace, (tx) =>
    loadFacts(
      tx,
      ids.map(({ id }) => id),
    ),
  );
  return known.flatMap((facts) => {
    const after = decide(facts, 'sync');
    if (isSameLink(facts.current, after)) return [];
    return [`resolving again changes a participant: ${JSON.stringify({ was: facts.current, after })}`];
  });
}
