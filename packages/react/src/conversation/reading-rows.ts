/*
 * The rows of a conversation: its messages, with days between those of a chat, and with what follows from the message
 * before: who speaks is told once for what is written in one go.
 */
import type { Channel, Message } from '@kith/client';
import { groupByDay } from '../words/dates.ts';

/** A row: a day that begins, or a message. */
export type ReadingRow =
  | { kind: 'day'; key: string; at: string }
  | { kind: 'message'; key: string; message: Message; isFirstOfGroup: boolean; isLastOfGroup: boolean };

const groupMs = 10 * 60_000;

/** Rows in reading order. Mails stand each for itself. */
export function readingRows(messages: readonly Message[], channel: Channel): ReadingRow[] {
  if (channel === 'email') return messages.map((message) => row(message));
  return groupByDay(messages).flatMap(({ day, items }) => {
    const at = items[0]?.sentAt ?? day;
    const rows = items.map((message, index) =>
      row(message, !isOneGroup(items[index - 1], message), !isOneGroup(message, items[index + 1])),
    );
    return [{ kind: 'day' as const, key: `day ${day}`, at }, ...rows];
  });
}

function row(message: Message, isFirstOfGroup = true, isLastOfGroup = true): ReadingRow {
  return { kind: 'message', key: message.id, message, isFirstOfGroup, isLastOfGroup };
}

function isOneGroup(first: Message | undefined, second: Message | undefined): boolean {
  if (first === undefined || second === undefined) return false;
  const isClose = Date.parse(second.sentAt) - Date.parse(first.sentAt) < groupMs;
  const { participantId } = first.sender;
  return isClose && participantId !== null && participantId === second.sender.participantId;
}
