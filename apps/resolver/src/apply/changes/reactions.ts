/*
 * What people answered messages with: of each identifier the newest reaction. Those of one person under several
 * identifiers are kept apart and only read as one, so that a merge of participants touches none and can be undone.
 */
import type { DeliveredReaction } from '@kith/contracts';
import { compareText } from '../identifier-facts.ts';
import { identifierKey, namedIdentifier } from '../items.ts';
import type { OfMessage } from '../lay-out.ts';
import { compareInstants, type Saying } from './keep-best.ts';
import type { PlaceTable } from './keep-rows.ts';

/** A row of `message_reaction`; without an emoji it was taken back. */
export interface ReactionRow {
  message_id: string;
  identifier_id: string;
  emoji: string | null;
  at: string;
}

/**
 * The newest. Providers count in seconds, and whoever takes a reaction back at once does so in the same one: then it is
 * gone. Of other reactions of one instant any, but always the same.
 */
export const reactionTable: PlaceTable<ReactionRow> = {
  table: 'message_reaction',
  place: { message_id: 'uuid', identifier_id: 'uuid' },
  value: { emoji: 'text', at: 'timestamptz' },
  compare: (row, other) =>
    compareInstants(row.at, other.at) ||
    Number(row.emoji === null) - Number(other.emoji === null) ||
    compareText(row.emoji ?? '', other.emoji ?? ''),
  isNews: (better, kept) => better.emoji !== kept.emoji,
};

/** What a reaction says: nothing for somebody of whom only clues are given, whom nobody could be shown. */
export function reactionSayings(
  said: OfMessage<DeliveredReaction>,
  identities: ReadonlyMap<string, { identifierId: string }>,
): Saying<ReactionRow>[] {
  const { channel } = said.arrived.delivery;
  const identifier = namedIdentifier(channel, said.item.person);
  const identity = identifier === undefined ? undefined : identities.get(identifierKey(channel, identifier));
  if (identity === undefined) return [];
  const place = { message_id: said.messageId, identifier_id: identity.identifierId };
  return [{ said, row: { ...place, emoji: said.item.emoji, at: said.at } }];
}
