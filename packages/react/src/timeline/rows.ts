/*
 * A timeline as the rows of a list: a line for each day, a heading for each run of messages of one conversation within
 * it, and the messages. What is there only while something lies beyond has a row too, so that all that scrolls is rows.
 */
import type { Message } from '@kith/client';
import { groupByDay } from '../words/dates.ts';
import type { MessageWindow } from './message-window.ts';

export type DayRow = { kind: 'day'; key: string; day: string; sentAt: string };
export type ConversationRow = {
  kind: 'conversation';
  key: string;
  day: string;
  messages: readonly Message[];
};
export type MessageRow = { kind: 'message'; key: string; day: string; message: Message };
export type EdgeRow = { kind: 'newer' | 'older' | 'end'; key: string; day: string };
export type Row = DayRow | ConversationRow | MessageRow | EdgeRow;

/** The rows of a window, newest first. */
export function rowsOf({ items, hasNewer, hasOlder }: MessageWindow): Row[] {
  const days = groupByDay(items);
  const rows: Row[] = hasNewer ? [{ kind: 'newer', key: 'newer', day: days[0]?.day ?? '' }] : [];
  for (const { day, items: messages } of days) {
    rows.push({ kind: 'day', key: `day ${day}`, day, sentAt: messages[0]?.sentAt ?? day });
    for (const run of runsOf(messages)) {
      // Named for its oldest message: what arrives joins the run at its other end.
      rows.push({ kind: 'conversation', key: `run ${run.at(-1)?.id ?? ''}`, day, messages: run });
      for (const message of run) rows.push({ kind: 'message', key: message.id, day, message });
    }
  }
  const lastDay = days.at(-1)?.day;
  if (lastDay !== undefined) rows.push({ kind: hasOlder ? 'older' : 'end', key: 'older', day: lastDay });
  return rows;
}

/** Consecutive messages of one conversation. */
function runsOf(messages: readonly Message[]): Message[][] {
  const runs: Message[][] = [];
  for (const message of messages) {
    const last = runs.at(-1);
    if (last?.[0]?.conversationId === message.conversationId) last.push(message);
    else runs.push([message]);
  }
  return runs;
}
