import { identifyingKinds, ParticipantNature } from '@kith/contracts';
import { textArray, type Tx, uuidArray } from '@kith/database';
import { sql } from 'drizzle-orm';
import { refreshParticipantSearch } from '../search/participant-words.ts';

/** Every kind, in an order that is that of its channel. */
const shownFirst = textArray(Object.values(identifyingKinds).flat());
const weakestFirst = textArray(ParticipantNature.options);

/** As `shownNature` in apply/identifier-facts.ts. */
const shownNature = sql`case when pi.wrote_as_person and pi.nature <> 'role' then 'person' else pi.nature end`;

/**
 * Recomputes what participants repeat of their identifiers and conversations: the identifier to show, the name, the
 * nature, how often messages name them, when last, and the words that find them. Rows that say so already are not
 * written.
 *
 * A participant without an identifier, as one that has merged into another, stays as it is.
 */
export async function refreshParticipants(tx: Tx, participantIds: readonly string[]): Promise<void> {
  if (participantIds.length === 0) return;
  // "C" compares by bytes, as the resolver does, whatever the database's own collation.
  await tx.rows(sql`
    update participant p
    set identifier = now.identifier, display_name = now.display_name, nature = now.nature,
      message_count = now.message_count, last_message_at = now.last_message_at
    from unnest(${uuidArray(participantIds)}) as input(id)
    cross join lateral (
      select
        (array_agg(pi.value order by array_position(${shownFirst}, pi.kind), pi.value collate "C"))[1] as identifier,
        (array_agg(pi.display_name order by pi.named_by_self desc, pi.named_at desc, pi.display_name collate "C" desc)
          filter (where pi.display_name is not null))[1] as display_name,
        (${weakestFirst})[max(array_position(${weakestFirst}, ${shownNature}))] as nature,
        sum(pi.message_count)::int as message_count,
        (select max(cp.last_message_at) from conversation_participant cp
          where cp.workspace_id = ${tx.workspace} and cp.participant_id = input.id) as last_message_at
      from participant_identifier pi
      where pi.workspace_id = ${tx.workspace} and pi.participant_id = input.id
      having count(*) > 0) now
    where p.workspace_id = ${tx.workspace} and p.id = input.id
      and (p.identifier, p.display_name, p.nature, p.message_count, p.last_message_at)
        is distinct from (now.identifier, now.display_name, now.nature, now.message_count, now.last_message_at)`);
  await refreshParticipantSearch(tx, participantIds);
}
