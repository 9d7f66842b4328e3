/*
 * What the items of a delivery are known by: keys of identifiers and conversations, ids of messages, times. Pure.
 */
import {
  type Channel,
  type DeliveredConversation,
  type DeliveredPerson,
  type Identifier,
  type IdentifierKind,
  identifyingKinds,
} from '@kith/contracts';
import { idOf } from '@kith/service';

/** The id of a message, which follows from the one its provider knows it by, stored or not. */
export const messageIdOf = (workspace: string, channel: Channel, externalId: string): string =>
  idOf(workspace, 'message', channel, externalId);

/** How far ahead of its arrival something may claim to have been: clocks differ by minutes, not by years. */
const futureToleranceMs = 5 * 60_000;

/** The claimed time, unless it is missing or in the future: then the time of arrival. */
export function shownTime(claimed: string | null, receivedAt: string): string {
  if (claimed === null) return receivedAt;
  return Date.parse(claimed) > Date.parse(receivedAt) + futureToleranceMs ? receivedAt : claimed;
}

/** As the database keeps and answers instants, so that texts compare as times do. */
export const inMilliseconds = (instant: string): string => new Date(instant).toISOString();

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

/** The identifier that acted or was written to, or undefined where a delivery gives nothing but clues. */
export function namedIdentifier(channel: Channel, { identifiers }: DeliveredPerson): Identifier | undefined {
  return identifiers.find(({ kind }) => isIdentifying(channel, kind));
}

/** The keys that say which conversation it is: all of them are one. */
export function conversationKeys(conversation: DeliveredConversation): readonly string[] {
  if (conversation.kind === 'thread') return conversation.messageIds;
  return [conversation.externalId, ...(conversation.aliases ?? [])];
}

/** One of the keys of a message's conversation: all of them are in one component. */
export const anyKeyOf = ({ item }: { item: { conversation: DeliveredConversation } }): string =>
  conversationKeys(item.conversation)[0] ?? '';
