/*
 * `new_relation` and `relation.new`: somebody accepted an invitation, or was accepted. v1 tells it up to eight hours
 * late, in flat `user_*` fields; v2 in `user`.
 */
import { field, objectOf } from '@kith/ingest/loose-json';
import type { ParsedItem } from '@kith/ingest/provider';
import type { ChatChannel } from './chat-channel.ts';
import type { UnipileEvent } from './events.ts';
import { ignored, instantIn } from './items.ts';
import { gatherPeople } from './people.ts';
import { readPerson } from './person.ts';

/** Reads a new connection of the account. */
export function readRelation(channel: ChatChannel, event: UnipileEvent): ParsedItem {
  const { payload, createdAt } = event;
  // v2's `id` beside `user` is the connection's; in v1 nothing outside the `user_*` fields is the person's.
  const person = readPerson(objectOf(field(payload, 'user')) ?? payload);
  if (person === null) return ignored(event, 'nothing_for_us', 'with nobody');
  const { identifiers, displayName } = gatherPeople(channel).add(person, false);
  if (identifiers.length === 0) return ignored(event, 'nothing_for_us', 'with somebody unknown');
  return {
    kind: 'relation',
    relation: 'connection',
    person: { identifiers: [...identifiers], displayName },
    at: instantIn(payload, 'created_at', 'timestamp') ?? createdAt,
  };
}
