/*
 * Writes who is named by the messages of a batch, and who takes part in their conversations.
 *
 * A message names the exact identifier that wrote or was written to; a conversation has the participant that the
 * identifier belongs to. Every copy counts, also of a message that is stored: a person whom only one copy names is
 * known in either order.
 */
import { ParticipantRole } from '@kith/contracts';
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import { identifierKey, namedIdentifier } from './items.ts';
import type { MessageCopy } from './lay-out.ts';
import type { Placement } from './messages.ts';

/** Adds everybody named by any copy; answers how many times each identifier is named that was not before, by its id. */
export async function insertPeople(
  tx: Tx,
  copies: readonly MessageCopy[],
  place: Placement,
): Promise<Map<string, number>> {
  const named = copies.flatMap((copy) => peopleOf(copy, place));
  if (named.length === 0) return new Map();
  const columns =
    'message_id uuid, conversation_id uuid, identifier_id uuid, participant_id uuid, role text, role_rank smallint, ' +
    'display_name text, sent_at timestamptz';
  const added = await tx.rows<{ id: string; count: number }>(sql`
    with input as (select * from ${rowSet(named, columns)}),
    named as (
      insert into message_participant (workspace_id, message_id, identifier_id, role, display_name)
      select ${tx.workspace}, message_id, identifier_id, role, max(display_name collate "C") from input
      group by message_id, identifier_id, role
      on conflict (workspace_id, message_id, identifier_id, role) do nothing
      returning identifier_id),
    taking_part as (
      insert into conversation_participant
        (workspace_id, conversation_id, participant_id, role_rank, last_message_at)
      select ${tx.workspace}, conversation_id, participant_id, min(role_rank), max(sent_at) from input
      group by conversation_id, participant_id
      on conflict (workspace_id, conversation_id, participant_id) do update
        set role_rank = excluded.role_rank
        where conversation_participant.role_rank > excluded.role_rank)
    select identifier_id as id, count(*)::int as count from named group by identifier_id`);
  return new Map(added.map(({ id, count }) => [id, count]));
}

function peopleOf({ messageId, item, arrived, sentAt }: MessageCopy, place: Placement) {
  const { channel } = arrived.delivery;
  return item.participants.flatMap((person) => {
    const identifier = namedIdentifier(channel, person);
    const identity =
      identifier === undefined ? undefined : place.identities.get(identifierKey(channel, identifier));
    if (identity === undefined) return [];
    return [
      {
        message_id: messageId,
        conversation_id: place.conversationIds.get(messageId),
        identifier_id: identity.identifierId,
        participant_id: identity.participantId,
        role: person.role,
        role_rank: ParticipantRole.options.indexOf(person.role),
        display_name: person.displayName === '' ? null : person.displayName,
        sent_at: sentAt,
      },
    ];
  });
}

/** Lets copies of stored messages add the names that those do not have yet; of two names the greater stays. */
export async function addNames(tx: Tx, repeated: readonly MessageCopy[], place: Placement): Promise<void> {
  const named = repeated.flatMap((copy) => peopleOf(copy, place)).filter((row) => row.display_name !== null);
  if (named.length === 0) return;
  await tx.rows(sql`
    update message_participant mp set display_name = input.display_name
    from (
      select message_id, identifier_id, role, max(display_name collate "C") as display_name
      from ${rowSet(named, 'message_id uuid, identifier_id uuid, role text, display_name text')}
      group by message_id, identifier_id, role) input
    where mp.workspace_id = ${tx.workspace} and mp.message_id = input.message_id
      and mp.identifier_id = input.identifier_id and mp.role = input.role
      and (mp.display_name is null or mp.display_name collate "C" < input.display_name collate "C")`);
}
