import type { Channel } from '@kith/client';
import { useMemo, useReducer } from 'react';
import type { TimelineView } from './use-timeline.ts';

/** Messages one by one, or the conversations that they are part of. */
export type Mode = 'messages' | 'conversations';

/** What a person chose to see of a record's timeline. */
export interface Choice {
  mode: Mode;
  channels: readonly Channel[];
  participantIds: readonly string[];
  /** `2026-11-22`: the day to begin at; null for the newest message. */
  day: string | null;
  /** Words to look for; empty for the timeline itself. */
  query: string;
}

const nothing: Choice = { mode: 'messages', channels: [], participantIds: [], day: null, query: '' };

/** What is chosen, as the view of a timeline, and how to choose otherwise. */
export function useTimelineView(recordId: string) {
  const [choice, choose] = useReducer(
    (now: Choice, change: Partial<Choice>): Choice => ({ ...now, ...change }),
    nothing,
  );
  const { channels, participantIds, day } = choice;
  const view: TimelineView = useMemo(
    () => ({ recordId, filter: { channels, participantIds }, until: day === null ? null : endOfDay(day) }),
    [recordId, channels, participantIds, day],
  );
  return { choice, choose, view };
}

/** The instant at which a day ends where the reader is; null for what is no day. */
export function endOfDay(day: string): string | null {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined) return null;
  const end = new Date(year, month - 1, date + 1);
  // Years of one digit are meant as they are typed; the constructor takes them for the last century's.
  end.setFullYear(year, month - 1, date + 1);
  return Number.isNaN(end.getTime()) || year < 1 ? null : end.toISOString();
}

/** The list with a member more, or without it. */
export function toggled<T>(list: readonly T[], member: T): T[] {
  return list.includes(member) ? list.filter((other) => other !== member) : [...list, member];
}
