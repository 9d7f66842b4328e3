/*
 * What a message is besides its words, as lexemes that no word can be: the day, the month and the year in which a
 * workspace had it on its channel. So one index finds the newest messages of one workspace that hold a word, however
 * common the word is, and however many workspaces, channels and years there are beside them.
 */
import { quoted } from './lexemes.ts';

/** Where and when a message is. */
export interface MessagePlace {
  workspace: string;
  channel: string;
  /** ISO 8601 in UTC. */
  sentAt: string;
}

/** What is older is one span. */
const yearMin = 2000;
/** By days in the newest two months, by months in the newest years, and by years then. */
const monthsByDay = 2;
const yearsByMonth = 3;

/** No word begins with its sign. */
const ofTime = (workspace: string, channel: string, time: string): string =>
  `@${workspace}/${channel}/${time}`;

/** The lexemes of a message. */
export function scopeOf({ workspace, channel, sentAt }: MessagePlace): string[] {
  const year = Number(sentAt.slice(0, 4));
  const times = [10, 7, 4].map((length) => sentAt.slice(0, length));
  if (year < yearMin) times.push('old');
  return times.map((time) => ofTime(workspace, channel, time));
}

/** Which messages: of some channels, between two times (ISO 8601), both included. */
export interface SpanScope {
  workspace: string;
  channels: readonly string[];
  newest: string;
  oldest?: string | undefined;
}

/**
 * Spans of time one before the other, as queries for the lexemes of their messages: the first one has `newest` in it, and
 * the last one `oldest`, or without one all that there is.
 */
export function spansOf({ workspace, channels, newest, oldest = '' }: SpanScope): string[] {
  const spans: string[] = [];
  let day = new Date(`${newest.slice(0, 10)}T00:00:00.000Z`);
  const oldestDay = oldest.slice(0, 10);
  const isDone = (): boolean => dayOf(day) < oldestDay;
  const add = (length: number): void => void spans.push(dayOf(day).slice(0, length));
  const byDay = startOf(day, monthsByDay);
  const byMonth = startOf(day, yearsByMonth * 12);
  const first = new Date(Date.UTC(yearMin, 0, 1));
  for (; day >= byDay && day >= first && !isDone(); day = earlier(day, 1)) add(10);
  for (; day >= byMonth && day >= first && !isDone(); day = endBefore(day, 7)) add(7);
  for (; day >= first && !isDone(); day = endBefore(day, 4)) add(4);
  if (!isDone()) spans.push('old');
  return spans.map((time) => channels.map((channel) => quoted(ofTime(workspace, channel, time))).join(' | '));
}

const dayOf = (day: Date): string => day.toISOString().slice(0, 10);
const earlier = (day: Date, days: number): Date => new Date(day.getTime() - days * 86_400_000);

/** The first day of the month `months - 1` before, and of its year where whole years follow. */
function startOf(day: Date, months: number): Date {
  const month = months < 12 ? day.getUTCMonth() - months + 1 : 0;
  return new Date(Date.UTC(day.getUTCFullYear() - Math.floor(months / 12), month, 1));
}

/** The last day before the month or year of a day. */
function endBefore(day: Date, length: 4 | 7): Date {
  const month = length === 7 ? day.getUTCMonth() : 0;
  return earlier(new Date(Date.UTC(day.getUTCFullYear(), month, 1)), 1);
}
