/*
 * Records that may be those of participants though nothing exact says so: offered, never applied (Invariant 4).
 *
 * Three statements for a whole page: the participants, what they wrote last, and the records whose hints and
 * identifiers their leads name. The cost grows with the page, never with the tables behind it.
 */
import type { IdentifierKind, Suggestion } from '@kith/contracts';
import { rowSet, type Rows, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { type Lead, leadsOf, type Subject } from '../suggest/leads.ts';
import { type Match, type MatchesOf, sharersMax, suggest } from '../suggest/score.ts';
import { withKnown } from './known-identifiers.ts';
import { readSentMessages } from './sent-messages.ts';

/**
 * The suggestions for each of these participants, best first. None for those that are the company itself, a mailing
 * list, a machine, merged, or linked without another record claiming them.
 */
export async function readSuggestions(
  db: Rows,
  workspace: string,
  participantIds: readonly string[],
): Promise<ReadonlyMap<string, Suggestion[]>> {
  const subjects = await readSubjects(db, workspace, participantIds);
  const messages = await readSentMessages(
    db,
    workspace,
    subjects.map(({ participantId }) => participantId),
  );
  const found = subjects.map((subject) => {
    const { participantId } = subject;
    return { subject, leads: leadsOf(subject, messages.get(participantId) ?? []) };
  });
  const matchesOf = await readMatches(
    db,
    workspace,
    found.flatMap(({ leads }) => leads),
  );
  return new Map(
    found.map(({ subject, leads }) => [subject.participantId, suggest(subject, leads, matchesOf)]),
  );
}

async function readSubjects(
  db: Rows,
  workspace: string,
  participantIds: readonly string[],
): Promise<Subject[]> {
  if (participantIds.length === 0) return [];
  return db.rows<Subject>(sql`
    with ${withKnown({ workspace, ids: participantIds })}
    select p.id as "participantId", p.display_name as "displayName",
      coalesce((
        select json_agg(json_build_object('kind', known.kind, 'value', known.value, 'name', known.display_name)
          order by known.kind, known.value)
        from known where known.participant_id = p.id), '[]') as known,
      p.candidates || array(select o.record_id from ruled_out o where o.participant_id = p.id)
        || array_remove(array[p.record_id], null) as settled
    from participant p
    where p.workspace_id = ${workspace} and p.id = any(${uuidArray(participantIds)}) and p.merged_into is null
      and p.nature in ('person', 'role')
      and (p.status in ('unlinked', 'ambiguous') or (p.status = 'linked' and cardinality(p.candidates) > 0))`);
}

type MatchRow = Match & { kind: IdentifierKind | null; key: string };

/** Of a key that many share so many rows are read, and no more: enough to see that it suggests nobody. */
const rowsPerKeyMax = 5 * (sharersMax + 1);

async function readMatches(db: Rows, workspace: string, leads: readonly Lead[]): Promise<MatchesOf> {
  const byKey = new Map<string, MatchRow[]>();
  for (const row of await readMatchRows(db, workspace, leads)) {
    const rows = byKey.get(keyOf(row));
    if (rows === undefined) byKey.set(keyOf(row), [row]);
    else rows.push(row);
  }
  return (lead) => {
    const rows = byKey.get(keyOf(lead)) ?? [];
    return rows.length >= rowsPerKeyMax ? [] : rows;
  };
}

async function readMatchRows(db: Rows, workspace: string, leads: readonly Lead[]): Promise<MatchRow[]> {
  const wanted = new Map(leads.map(({ kind, key }) => [keyOf({ kind, key }), { kind, key }]));
  if (wanted.size === 0) return [];
  return db.rows<MatchRow>(sql`
    with wanted as materialized (select * from ${rowSet([...wanted.values()], 'kind text, key text')})
    select wanted.kind, wanted.key, hint.* from wanted cross join lateral (
      select h.record_id as "recordId", h.source_record_id as "sourceRecordId", r.title, h.field, h.shown
      from record_hint h
      join record r on r.workspace_id = h.workspace_id and r.record_id = h.record_id and r.deleted_at is null
      where h.workspace_id = ${workspace} and h.key = wanted.key
      limit ${rowsPerKeyMax}) hint
    where wanted.kind is null
    union all
    select wanted.kind, wanted.key, held.* from wanted cross join lateral (
      select i.record_id, i.source_record_id, r.title, i.field, i.value
      from record_identifier i
      join record r on r.workspace_id = i.workspace_id and r.record_id = i.record_id and r.deleted_at is null
      where i.workspace_id = ${workspace} and i.kind = wanted.kind and i.value = wanted.key
      limit ${rowsPerKeyMax}) held
    where wanted.kind is not null`);
}

const keyOf = ({ kind, key }: { kind: IdentifierKind | null; key: string }): string => `${kind ?? ''} ${key}`;
