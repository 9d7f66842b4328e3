/*
 * The messages of a batch, each from all its copies. Pure.
 *
 * Copies of one message may differ in what does not make it another message: white space, a file's name, the time
 * of arrival. What is shown is what the copy received first says, whichever was applied first (Invariant 3); marks
 * are those of any copy. A copy that holds less stands behind one that holds more, whichever came first: history names
 * a message before its file, by a word in its place.
 */
import type { MessageMark } from '@kith/contracts';
import type { MessageCopy } from './lay-out.ts';

/** A message, as the copies in the batch have it. */
export interface BatchMessage {
  /** The copy received first, of those that hold most. */
  copy: MessageCopy;
  /** Of any copy, sorted. */
  marks: MessageMark[];
  /** Whether any copy says that the account itself wrote it. */
  byAccount: boolean;
}

/** What is stored of a message that came before. */
export interface StoredMessage {
  id: string;
  receivedAt: string;
  rawBlob: string;
  sentAt: string;
  marks: MessageMark[];
  byAccount: boolean;
  fullness: Fullness;
}

/** How much a copy holds: nothing, words alone, files. */
export type Fullness = 0 | 1 | 2;

/** What is to do. */
export interface SortedMessages {
  /** Not stored yet. */
  fresh: BatchMessage[];
  /** Stored from a copy that stands behind one in the batch, with all marks. */
  replaced: BatchMessage[];
  /** Stored as it is but for what any copy may add: with all of that. */
  marked: BatchMessage[];
  /** Messages whose time changes. */
  moved: BatchMessage[];
  /** Messages that hold more now than they did. */
  filled: BatchMessage[];
  /** Copies of what is stored. */
  repeated: MessageCopy[];
}

/** One message for each id, in the order of the batch. */
export function joinCopies(copies: readonly MessageCopy[]): BatchMessage[] {
  const messages = new Map<string, BatchMessage>();
  for (const copy of copies) {
    const known = messages.get(copy.messageId);
    const marks = copy.item.marks ?? [];
    const byAccount = copy.item.byAccount === true;
    if (known === undefined) messages.set(copy.messageId, { copy, marks: union(marks, []), byAccount });
    else {
      known.marks = union(known.marks, marks);
      known.byAccount ||= byAccount;
      if (isBefore(copy, standingOf(known.copy))) known.copy = copy;
    }
  }
  return [...messages.values()];
}

const noMessages = (): SortedMessages => ({
  fresh: [],
  replaced: [],
  marked: [],
  moved: [],
  filled: [],
  repeated: [],
});

/** Compares the batch with what is stored. */
export function sortMessages(
  copies: readonly MessageCopy[],
  stored: ReadonlyMap<string, StoredMessage>,
): SortedMessages {
  const sorted = noMessages();
  for (const { copy, ...joined } of joinCopies(copies)) {
    const before = stored.get(copy.messageId);
    const marks = union(joined.marks, before?.marks ?? []);
    const byAccount = joined.byAccount || before?.byAccount === true;
    const message = { copy, marks, byAccount };
    if (before === undefined) sorted.fresh.push(message);
    else if (isBefore(copy, before)) {
      sorted.replaced.push(message);
      if (before.sentAt !== copy.sentAt) sorted.moved.push(message);
      if (before.fullness < fullnessOf(copy.item)) sorted.filled.push(message);
    } else if (marks.length > before.marks.length || byAccount !== before.byAccount) {
      sorted.marked.push(message);
    }
  }
  sorted.repeated = copies.filter((copy) => stored.has(copy.messageId));
  return sorted;
}

/** What decides which of two copies is shown. */
type Standing = Pick<StoredMessage, 'fullness' | 'receivedAt' | 'rawBlob'>;

const standingOf = ({ item, receivedAt, arrived }: MessageCopy): Standing => ({
  fullness: fullnessOf(item),
  receivedAt,
  rawBlob: arrived.delivery.raw.key,
});

function fullnessOf({ text, html, attachments }: MessageCopy['item']): Fullness {
  if (attachments.length > 0) return 2;
  return text === '' && html === null ? 0 : 1;
}

/** Arrivals in the same millisecond are told apart by the hash of what arrived. */
function isBefore(copy: MessageCopy, other: Standing): boolean {
  const { fullness, receivedAt, rawBlob } = standingOf(copy);
  if (fullness !== other.fullness) return fullness > other.fullness;
  if (receivedAt !== other.receivedAt) return receivedAt < other.receivedAt;
  return rawBlob < other.rawBlob;
}

const union = (a: readonly MessageMark[], b: readonly MessageMark[]): MessageMark[] =>
  [...new Set([...a, ...b])].toSorted();
