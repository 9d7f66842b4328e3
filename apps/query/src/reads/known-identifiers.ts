/*
 * What participants are known by and what people ruled out for them, as parts of larger statements: the same reading
 * of the rows by which the resolver decides, so that what is shown is what holds.
 */
import { uuidArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';

/** Some participants of a workspace. */
export interface Participants {
  workspace: string;
  ids: readonly string[];
}

/**
 * Two parts of a `with`, each computed once. `known (participant_id, kind, value, display_name, first_seen_at,
 * seen_by_webhook)`: the identifiers of live participants, and the email addresses that LinkedIn told of them.
 * `ruled_out (participant_id, record_id)`: the records of which a person said that the participant is not them, also
 * when it was said of one that has merged into it since.
 */
export function withKnown(participants: Participants): SQL {
  return sql`
    known as materialized (${knownIdentifiers(participants)}),
    ruled_out as materialized (
      select distinct member.participant_id, d.record_id
      from (${participantMembers(participants)}) member
      join participant_decision d on d.workspace_id = ${participants.workspace}
        and d.participant_id = member.member_id and d.verdict = 'is_not')`;
}

/** A select of `participant_id, member_id`: live participants, each with itself and with those merged into it. */
export function participantMembers({ workspace, ids }: Participants): SQL {
  return sql`
    select live.id as participant_id, live.id as member_id from unnest(${uuidArray(ids)}) live(id)
    union all
    select merged.merged_into, merged.id from participant merged
    where merged.workspace_id = ${workspace} and merged.merged_into = any(${uuidArray(ids)})`;
}

function knownIdentifiers({ workspace, ids }: Participants): SQL {
  return sql`
    select pi.participant_id, pi.kind, pi.value, pi.display_name, pi.first_seen_at, pi.seen_by_webhook
    from participant_identifier pi
    where pi.workspace_id = ${workspace} and pi.participant_id = any(${uuidArray(ids)})
    union all
    select pi.participant_id, c.kind, c.value, null, pi.first_seen_at, pi.seen_by_webhook
    from participant_identifier pi
    join participant_clue c on c.workspace_id = pi.workspace_id and c.identifier_id = pi.id and c.kind = 'email'
    where pi.workspace_id = ${workspace} and pi.participant_id = any(${uuidArray(ids)})
      and pi.channel = 'linkedin'`;
}
