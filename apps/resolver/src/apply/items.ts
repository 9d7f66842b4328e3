/*
 * The items of a batch, laid out for set-based writing. Pure.
 *
 * Every copy of a message counts for its thread, its people and its sightings, also a repeated one: the copy in the
 * sender's mailbox may name a Bcc that the recipient's does not, and what is known must not depend on which copy
 * came first (Invariant 3).
 */
import {
  type Channel,
  type DeliveredMessage,
  type DeliveredParticipant,
  type Identifier,
  type IdentifierKind,
  identifyingKinds,
} from '@kith/contracts';
import { idOf } from '../ids.ts';
import type { Arrived } from './decode.ts';

/** One copy of a message: the item, and where it came from. Times are ISO 8601 with exactly three decimals. */
export interface MessageCopy {
  messageId: string;
  item: DeliveredMessage;
  arrived: Arrived;
  itemIndex: number;
  sentAt: string;
  receivedAt: string;
}

/** How far ahead of its arrival a message may claim to be sent: clocks differ by minutes, not by years. */
const futureToleranceMs = 5 * 60_000;

/** Every message item of the deliveries, in the order of the stream. */
export function messageCopies(workspace: string, batch: readonly Arrived[]): MessageCopy[] {
  return batch.flatMap((arrived) => {
    const { channel } = arrived.delivery;
    const receivedAt = inMilliseconds(arrived.delivery.receivedAt);
    return arrived.delivery.items.flatMap((item, itemIndex) => {
      if (item.kind !== 'message') return [];
      const messageId = idOf(workspace, 'message', channel, item.externalId);
      const sentAt = inMilliseconds(shownTime(item.sentAt, receivedAt));
      return [{ messageId, item, arrived, itemIndex, sentAt, receivedAt }];
    });
  });
}

/** The claimed time, unless it is missing or in the future: then the time of arrival. */
export function shownTime(claimed: string | null, receivedAt: string): string {
  if (claimed === null) return receivedAt;
  return Date.parse(claimed) > Date.parse(receivedAt) + futureToleranceMs ? receivedAt : claimed;
}

/** As the database keeps and answers instants, so that texts compare as times do. */
const inMilliseconds = (instant: string): string => new Date(instant).toISOString();

/** A key for an identifier in maps. */
export const identifierKey = (channel: string, identifier: Identifier): string =>
  `${channel}\u0000${identifier.kind}\u0000${identifier.value}`;

const identifying: Record<Channel, ReadonlySet<IdentifierKind>> = {
  email: new Set(identifyingKinds.email),
  whatsapp: new Set(identifyingKinds.whatsapp),
  linkedin: new Set(identifyingKinds.linkedin),
};

/** Whether identifiers of the kind say who somebody is on the channel; the others are clues. */
export const isIdentifying = (channel: Channel, kind: IdentifierKind): boolean =>
  identifying[channel].has(kind);

/** The identifier that wrote or was written to, or undefined where a message gives nothing but clues. */
export function namedIdentifier(
  channel: Channel,
  { identifiers }: DeliveredParticipant,
): Identifier | undefined {
  return identifiers.find(({ kind }) => isIdentifying(channel, kind));
}

/** The keys that say which conversation a copy belongs to. */
export function conversationKeys(copy: MessageCopy): readonly string[] {
  const { conversation } = copy.item;
  return conversation.kind === 'thread' ? conversation.messageIds : [conversation.externalId];
}
