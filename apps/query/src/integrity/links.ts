/*
 * Links: nobody is on a record whom neither a person nor an identifier put there, nobody is missing from one, and the
 * history tells how it came to be (Invariants 1, 4 and 5). `p` is a row of `participant`.
 */
import { sql } from 'drizzle-orm';
import { type Check, decide, report } from './check.ts';
import { decidedLink, holders, isOwn } from './known-by.ts';

/** As many candidates as are kept with a participant. */
const candidatesKeptMax = 100;

export const linkChecks: readonly Check[] = [
  {
    name: 'links.are_whole',
    means:
      'A participant has a record, a method and a confidence when it is linked, and none of them when it is not.',
    todo: report,
    broken: sql`(p.status = 'linked') <> (p.record_id is not null)
      or (p.record_id is null) <> (p.method is null) or (p.record_id is null) <> (p.confidence is null)
      or (p.manual and p.record_id is null)`,
  },
  {
    name: 'links.lead_to_a_record',
    means: 'Whoever is linked is linked to a record that is there, neither deleted nor merged into another.',
    todo: decide,
    broken: sql`p.record_id is not null and not exists (
      select 1 from record r
      where r.workspace_id = p.workspace_id and r.record_id = p.record_id
        and r.deleted_at is null and r.merged_into is null)`,
  },
  {
    name: 'links.have_evidence',
    means:
      'A link that a rule made has a record that holds the identifier, and that no person has ruled out.',
    todo: decide,
    broken: sql`p.status = 'linked' and not p.manual
      and (p.nature in ('list', 'machine') or not array[p.record_id] <@ ${holders})`,
  },
  {
    name: 'links.are_as_people_said',
    means: 'Where a person said who a participant is, that is its link; and only then is a link a person’s.',
    todo: decide,
    broken: sql`p.merged_into is null and p.status <> 'internal'
      and case when p.manual then jsonb_build_array(p.record_id, p.method, p.confidence) end
        is distinct from ${decidedLink}`,
  },
  {
    name: 'links.are_not_missed',
    means:
      'Nobody is unlinked whose identifier a record holds, unless a person said so or it is a list or a machine.',
    todo: decide,
    broken: sql`p.status = 'unlinked' and p.merged_into is null and p.nature in ('person', 'role')
      and cardinality(${holders}) > 0`,
  },
  {
    name: 'links.are_not_guessed',
    means:
      'The candidates of a participant are the records that hold its identifiers, and of an ambiguous one several.',
    todo: decide,
    broken: sql`case
      when p.status = 'ambiguous' or (p.status = 'linked' and not p.manual) then
        (p.status = 'ambiguous' and cardinality(p.candidates) < 2) or exists (
          select 1 from (select array_remove(${holders}, p.record_id) as ids) others
          where not p.candidates <@ others.ids
            or cardinality(p.candidates) <> least(cardinality(others.ids), ${candidatesKeptMax}::int))
      else cardinality(p.candidates) > 0 end`,
  },
  {
    name: 'links.leave_out_the_company',
    means: 'A participant is internal exactly when one of its identifiers is an account’s or the team’s.',
    todo: report,
    broken: sql`p.merged_into is null and (p.status = 'internal') <> ${isOwn}`,
  },
  {
    name: 'history.says_what_is',
    means: 'The last entry of a participant’s history says what its link is.',
    todo: report,
    broken: sql`(p.status, p.record_id, p.method, p.confidence) is distinct from ('unlinked', null, null, null)
      and not exists (select 1 from link_event e where e.workspace_id = p.workspace_id and e.participant_id = p.id)
      or exists (
        select 1 from (
          select e.status, e.record_id, e.method, e.confidence from link_event e
          where e.workspace_id = p.workspace_id and e.participant_id = p.id order by e.id desc limit 1) last
        where (p.status, p.record_id, p.method, p.confidence)
          is distinct from (last.status, last.record_id, last.method, last.confidence))`,
  },
  {
    name: 'history.has_no_gap',
    means: 'Every entry of a participant’s history goes on from the record that the one before it left.',
    todo: report,
    broken: sql`exists (
      select 1 from (
        select e.previous_record_id, lag(e.record_id) over (order by e.id) as was from link_event e
        where e.workspace_id = p.workspace_id and e.participant_id = p.id) entries
      where entries.previous_record_id is distinct from entries.was)`,
  },
];
