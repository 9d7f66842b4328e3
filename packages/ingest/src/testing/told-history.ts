/* What two tellings of one history have in common, so that a test shows at a glance where they differ. */
import { MessageStatus } from '@kith/contracts';
import type { ParsedItem, ParsedMessage } from '../provider.ts';

/** The messages of both, by their ids and in the same order. `count` is how many there are. */
export function comparable(
  posted: readonly ParsedItem[],
  fetched: readonly ParsedItem[],
  namesMore: boolean,
): { posted: Told[]; fetched: Told[]; count: number } {
  const changed = new Set(
    posted.flatMap((item) => ('messageId' in item && item.kind !== 'status' ? [item.messageId] : [])),
  );
  const known = new Map(messagesOf(posted).map((message) => [message.externalId, message]));
  const told = (message: ParsedMessage): Told =>
    toldOf(message, {
      isChanged: changed.has(message.externalId),
      named: namesMore ? known.get(message.externalId) : undefined,
    });
  const [one, other] = [posted, fetched].map((items) => messagesOf(items).map(told).toSorted(byId));
  return { posted: one ?? [], fetched: distinct(other ?? []), count: known.size };
}

/** A message, as far as it has to be the same. */
type Told = Record<string, unknown> & { id: string };

function toldOf(
  message: ParsedMessage,
  { isChanged, named }: { isChanged: boolean; named: ParsedMessage | undefined },
): Told {
  const { conversation, participants, attachments } = message;
  const keys =
    conversation.kind === 'thread'
      ? conversation.messageIds
      : [conversation.externalId, ...(conversation.aliases ?? [])];
  const isNamed = (name: string): boolean =>
    named === undefined || named.participants.some((one) => nameOf(one) === name);
  return {
    id: message.externalId,
    keys: keys.toSorted(),
    participants: participants.map(nameOf).filter(isNamed).toSorted(),
    files: attachments.map((file) => ('media' in file ? `${file.media.key} ${file.type}` : file.name)),
    // What was edited or taken back is told as it is now.
    text: isChanged ? null : message.text,
    repliesTo: message.repliesTo ?? null,
    sentAt: message.sentAt,
    byAccount: message.byAccount ?? false,
  };
}

const nameOf = ({ role, identifiers, own }: ParsedMessage['participants'][number]): string =>
  `${role}${own === true ? ' own' : ''} ${identifiers.map(({ value }) => value).join(' = ')}`;

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
