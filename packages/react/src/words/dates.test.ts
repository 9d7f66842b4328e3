import { describe, expect, test } from 'vitest';
import { dayInSentence, dayName, groupByDay, relativeTime, shortTime } from './dates.ts';

/** An instant by the local clock, whatever zone the test runs in. */
const at = (day: number, hour: number, year = 2026) => new Date(year, 10, day, hour, 5).toISOString();
const now = new Date(2026, 10, 22, 12, 0);

test('a time is told as one thinks of it: minutes, hours, yesterday, then the day', () => {
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
  expect([0, 5, 200, 60 * 20, 60 * 24 * 9].map((minutes) => relativeTime(ago(minutes), now))).toEqual([
    'just now',
    '5 min ago',
    '3 h ago',
    'Yesterday',
    shortTime(ago(60 * 24 * 9), now),
  ]);
});

describe('days', () => {
  test('messages are cut at local midnight, in their order', () => {
    const messages = [at(22, 1), at(21, 23), at(21, 9), at(3, 9)].map((sentAt) => ({ sentAt }));
    expect(groupByDay(messages).map(({ day, items }) => [day, items.length])).toEqual([
      ['2026-11-22', 1],
      ['2026-11-21', 2],
      ['2026-11-03', 1],
    ]);
  });

  test('no messages have no days', () => {
    expect(groupByDay([])).toEqual([]);
  });

  test('today and yesterday are named, other days dated, and other years told', () => {
    expect(dayName(at(22, 1), now)).toBe('Today');
    expect(dayName(at(21, 23), now)).toBe('Yesterday');
    expect(dayName(at(3, 9), now)).toMatch(/Tuesday.*3|3.*Tuesday/);
    expect(dayName(at(3, 9), now)).not.toContain('2026');
    expect(dayName(at(3, 9, 2025), now)).toContain('2025');
  });

  test('within a sentence a day is told without its weekday', () => {
    expect([at(22, 1), at(21, 23)].map((instant) => dayInSentence(instant, now))).toEqual([
      'today',
      'yesterday',
    ]);
    expect(dayInSentence(at(3, 9), now)).toBe(shortTime(at(3, 9), now));
  });

  test('a list tells the time of today, and the day of anything older', () => {
    expect(shortTime(at(22, 9), now)).toMatch(/0?9:05/);
    expect(shortTime(at(21, 9), now)).toMatch(/21/);
    expect(shortTime(at(21, 9, 2025), now)).toContain('2025');
  });
});
