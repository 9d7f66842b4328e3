/*
 * The messages of a batch, each from all its copies. Pure.
 *
 * Copies of one message may differ in what does not make it another message: white space, a file's name, the time
 * of arrival. What is shown is what the copy received first says, whichever was applied first (Invariant 3); marks
 * are those of any copy.
 */
import type { MessageMark } from '@kith/contracts';
import type { MessageCopy } from './items.ts';

/** A message, as the copies in the batch have it. */
export interface BatchMessage {
  /** The copy received first. */
  copy: MessageCopy;
  /** Of any copy, sorted. */
  marks: MessageMark[];
}

/** What is stored of a message that came before. */
export interface StoredMessage {
  id: string;
  receivedAt: string;
  rawBlob: string;
  sentAt: string;
  marks: MessageMark[];
}

/** What is to do. */
export interface SortedMessages {
  /** Not stored yet. */
  fresh: BatchMessage[];
  /** Stored from a copy that was received later than one in the batch, with all marks. */
  replaced: BatchMessage[];
  /** Stored as it is but for marks; with all of them. */
  marked: BatchMessage[];
  /** Messages whose time changes. */
  moved: BatchMessage[];
  /** Copies of what is stored. */
  repeated: MessageCopy[];
}

/** One message for each id, in the order of the batch. */
export function joinCopies(copies: readonly MessageCopy[]): BatchMessage[] {
  const messages = new Map<string, BatchMessage>();
  for (const copy of copies) {
    const known = messages.get(copy.messageId);
    const marks = copy.item.marks ?? [];
    if (known === undefined) messages.set(copy.messageId, { copy, marks: union(marks, []) });
    else {
      known.marks = union(known.marks, marks);
      if (isEarlier(copy, known.copy)) known.copy = copy;
    }
  }
  return [...messages.values()];
}

/** Compares the batch with what is stored. */
export function sortMessages(
  copies: readonly MessageCopy[],
  stored: ReadonlyMap<string, StoredMessage>,
): SortedMessages {
  const sorted: SortedMessages = { fresh: [], replaced: [], marked: [], moved: [], repeated: [] };
  for (const { copy, marks } of joinCopies(copies)) {
    const before = stored.get(copy.messageId);
    const message = { copy, marks: union(marks, before?.marks ?? []) };
    if (before === undefined) sorted.fresh.push(message);
    else if (isReceivedBefore(copy, before)) {
      sorted.replaced.push(message);
      if (before.sentAt !== copy.sentAt) sorted.moved.push(message);
    } else if (message.marks.length > before.marks.length) sorted.marked.push(message);
  }
  sorted.repeated = copies.filter((copy) => stored.has(copy.messageId));
  return sorted;
}

function isEarlier(copy: MessageCopy, other: MessageCopy): boolean {
  return isReceivedBefore(copy, { receivedAt: other.receivedAt, rawBlob: other.arrived.delivery.raw.key });
}

/** Arrivals in the same millisecond are told apart by the hash of what arrived. */
function isReceivedBefore(copy: MessageCopy, other: { receivedAt: string; rawBlob: string }): boolean {
  if (copy.receivedAt !== other.receivedAt) return copy.receivedAt < other.receivedAt;
  return copy.arrived.delivery.raw.key < other.rawBlob;
}

const union = (a: readonly MessageMark[], b: readonly MessageMark[]): MessageMark[] =>
  [...new Set([...a, ...b])].toSorted();
