/*
 * Writes identifiers, the participants that are made for them, and clues. Every statement takes the whole batch.
 */
import { rowSet, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { Clue, NamedIdentifier } from './named-people.ts';
import type { NewParticipant } from './place-identities.ts';

/** An identifier with the participant that it belongs to. */
export interface OwnedIdentifier extends NamedIdentifier {
  participantId: string;
}

const factColumns =
  'id uuid, display_name text, named_by_self boolean, named_at timestamptz, nature text, ' +
  'first_seen_at timestamptz, seen_by_webhook boolean, wrote_as_person boolean';

const factsOf = (identifier: NamedIdentifier) => ({
  id: identifier.id,
  display_name: identifier.displayName,
  named_by_self: identifier.namedBySelf,
  named_at: identifier.namedAt,
  nature: identifier.nature,
  first_seen_at: identifier.firstSeenAt,
  seen_by_webhook: identifier.seenByWebhook,
  wrote_as_person: identifier.wroteAsPerson,
});

/** Inserts new identifiers, together with those of their participants that are new too. */
export async function insertIdentifiers(
  tx: Tx,
  created: readonly NewParticipant[],
  identifiers: readonly OwnedIdentifier[],
): Promise<void> {
  if (identifiers.length === 0) return;
  const people = created.map(({ displayName, ...rest }) => ({ ...rest, display_name: displayName }));
  const rows = identifiers.map((identifier) => ({
    ...factsOf(identifier),
    kind: identifier.kind,
    value: identifier.value,
    channel: identifier.channel,
    participant_id: identifier.participantId,
  }));
  await tx.rows(sql`
    with made as (
      insert into participant (workspace_id, id, channel, identifier, display_name, nature, status)
      select ${tx.workspace}, id, channel, identifier, display_name, nature, 'unlinked'
      from ${rowSet(people, 'id uuid, channel text, identifier text, display_name text, nature text')})
    insert into participant_identifier (workspace_id, kind, value, channel, id, participant_id, display_name,
      named_by_self, named_at, nature, first_seen_at, seen_by_webhook, wrote_as_person)
    select ${tx.workspace}, kind, value, channel, id, participant_id, display_name, named_by_self, named_at, nature,
      first_seen_at, seen_by_webhook, wrote_as_person
    from ${rowSet(rows, `kind text, value text, channel text, participant_id uuid, ${factColumns}`)}`);
}

/** Writes what is known of identifiers now. */
export async function updateIdentifiers(tx: Tx, identifiers: readonly NamedIdentifier[]): Promise<void> {
  if (identifiers.length === 0) return;
  await tx.rows(sql`
    update participant_identifier pi
    set display_name = input.display_name, named_by_self = input.named_by_self, named_at = input.named_at,
      nature = input.nature, first_seen_at = input.first_seen_at, seen_by_webhook = input.seen_by_webhook,
      wrote_as_person = input.wrote_as_person
    from ${rowSet(identifiers.map(factsOf), factColumns)}
    where pi.workspace_id = ${tx.workspace} and pi.id = input.id`);
}

/** A clue that its participant did not have before. */
export interface GainedClue {
  participantId: string;
  kind: string;
  value: string;
}

/** Keeps clues with the identifiers they came with, and answers those that their participants did not have yet. */
export async function insertClues(tx: Tx, clues: readonly Clue[]): Promise<GainedClue[]> {
  if (clues.length === 0) return [];
  const rows = clues.map(({ kind, value, identifierId }) => ({ kind, value, identifier_id: identifierId }));
  // The select sees the table as it was before the insert.
  return tx.rows<GainedClue>(sql`
    with added as (
      insert into participant_clue (workspace_id, kind, value, identifier_id)
      select ${tx.workspace}, kind, value, identifier_id
      from ${rowSet(rows, 'kind text, value text, identifier_id uuid')}
      on conflict (workspace_id, kind, value, identifier_id) do nothing
      returning kind, value, identifier_id)
    select distinct pi.participant_id as "participantId", added.kind, added.value
    from added
    join participant_identifier pi on pi.workspace_id = ${tx.workspace} and pi.id = added.identifier_id
    where not exists (
      select 1 from participant_clue c
      join participant_identifier own on own.workspace_id = c.workspace_id and own.id = c.identifier_id
      where c.workspace_id = ${tx.workspace} and c.kind = added.kind and c.value = added.value
        and own.participant_id = pi.participant_id)`);
}
