/* What two tellings of one history have in common, so that a test shows at a glance where they differ. */
import { MessageStatus } from '@kith/contracts';
import type { ParsedItem, ParsedMessage } from '../provider.ts';

/** How much of a history webhooks tell. */
export type Telling =
  | 'all'
  /** Of the people in a chat only the one who wrote. */
  | 'sender_only'
  /** Only what came in, with ids of people that lists leave out, and without times. */
  | 'incoming_only';

/** The messages of both, by their ids and in the same order, and how many there are in each. */
export function comparable(
  posted: readonly ParsedItem[],
  fetched: readonly ParsedItem[],
  telling: Telling,
): { posted: Told[]; fetched: Told[]; count: number; fetchedCount: number } {
  const changes = posted.filter((item) => 'messageId' in item && item.kind !== 'status');
  const changed = new Set(changes.flatMap((item) => ('messageId' in item ? [item.messageId] : [])));
  const known = new Map(messagesOf(posted).map((message) => [message.externalId, message]));
  const isComparable = (message: ParsedMessage): boolean =>
    telling !== 'incoming_only' || message.byAccount !== true;
  const told = (message: ParsedMessage): Told =>
    toldOf(message, {
      isChanged: changed.has(message.externalId),
      isShort: telling === 'incoming_only',
      named: telling === 'sender_only' ? known.get(message.externalId) : undefined,
    });
  const [one = [], other = []] = [posted, fetched].map((items) =>
    messagesOf(items).filter(isComparable).map(told).toSorted(byId),
  );
  return { posted: one, fetched: distinct(other), count: known.size, fetchedCount: other.length };
}

/** A message, as far as it has to be the same. */
type Told = Record<string, unknown> & { id: string };

function toldOf(
  message: ParsedMessage,
  given: { isChanged: boolean; isShort: boolean; named: ParsedMessage | undefined },
): Told {
  const { conversation, participants, attachments } = message;
  const { isChanged, isShort, named } = given;
  const keys =
    conversation.kind === 'thread'
      ? conversation.messageIds
      : [conversation.externalId, ...(conversation.aliases ?? [])];
  const kept = named === undefined ? null : new Set(named.participants.map((one) => nameOf(one, isShort)));
  const names = participants.map((one) => nameOf(one, isShort));
  return {
    id: message.externalId,
    keys: isShort ? keys.slice(0, 1) : keys.toSorted(),
    participants: names.filter((name) => kept?.has(name) ?? true).toSorted(),
    files: attachments.map((file) => ('media' in file ? `${file.media.key} ${file.type}` : file.name)),
    // What was edited or taken back is told as it is now.
    text: isChanged ? null : message.text,
    sentAt: isShort ? null : message.sentAt,
    repliesTo: isShort ? null : (message.repliesTo ?? null),
    byAccount: message.byAccount ?? false,
  };
}

function nameOf({ role, identifiers, own }: ParsedMessage['participants'][number], isShort: boolean): string {
  const named = isShort ? identifiers.slice(0, 1) : identifiers;
  return `${role}${own === true ? ' own' : ''} ${named.map(({ value }) => value).join(' = ')}`;
}

const byId = (one: Told, other: Told): number => (one.id < other.id ? -1 : 1);

function distinct(told: readonly Told[]): Told[] {
  return [...new Map(told.map((one) => [JSON.stringify(one), one])).values()];
}

const messagesOf = (items: readonly ParsedItem[]): ParsedMessage[] =>
  items.filter((item) => item.kind === 'message');

/** When the messages were sent. */
export const sentAtOf = (items: readonly ParsedItem[]): string[] =>
  messagesOf(items).flatMap(({ sentAt }) => sentAt ?? []);

/** What became of each message in the end: its last text, who reacts how, and how far it came. */
export function outcomesOf(items: readonly ParsedItem[]): Record<string, object> {
  const outcomes = new Map<string, Outcome>();
  for (const item of items) {
    if (!('messageId' in item)) continue;
    const known = outcomes.get(item.messageId) ?? { text: null, isDeleted: false, reactions: {}, status: -1 };
    outcomes.set(item.messageId, { ...known, ...changeBy(known, item) });
  }
  const told = [...outcomes].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(told.filter(([, outcome]) => isTold(outcome)));
}

interface Outcome {
  text: string | null;
  isDeleted: boolean;
  reactions: Record<string, string>;
  status: number;
}

function changeBy(known: Outcome, item: Extract<ParsedItem, { messageId: string }>): Partial<Outcome> {
  switch (item.kind) {
    case 'edit':
      return known.isDeleted ? {} : { text: item.text };
    case 'deletion':
      return { isDeleted: true, text: null };
    case 'reaction': {
      const name = item.person.identifiers[0]?.value ?? '';
      const others = Object.entries(known.reactions).filter(([one]) => one !== name);
      const mine: [string, string][] = item.emoji === null ? [] : [[name, item.emoji]];
      return { reactions: Object.fromEntries([...others, ...mine].toSorted()) };
    }
    case 'status':
      // Lists do not tell that a message failed.
      if (item.status === 'failed') return {};
      return { status: Math.max(known.status, MessageStatus.options.indexOf(item.status)) };
  }
}

const isTold = ({ text, isDeleted, reactions, status }: Outcome): boolean =>
  text !== null || isDeleted || status >= 0 || Object.keys(reactions).length > 0;
