import { describe, expect, test } from 'vitest';
import { type Bar, barsOf, type Day, daysOf, drawBars, nameOfBar, ranges, totalsOf } from './bars.ts';

const dayMs = 86_400_000;

/** Days until Thursday 26 November 2026, each with as many messages as its number. */
function lastDays(count: number): Day[] {
  const today = Date.parse('2026-11-26');
  return Array.from({ length: count }, (_, n) => ({
    day: new Date(today - (count - 1 - n) * dayMs).toISOString().slice(0, 10),
    email: n,
    whatsapp: 1,
    linkedin: 0,
  }));
}

const bar = (email: number, whatsapp = 0, linkedin = 0): Bar => ({
  from: '2026-11-26',
  to: '2026-11-26',
  counts: { email, whatsapp, linkedin },
  total: email + whatsapp + linkedin,
});

describe('weeks', () => {
  test('begin on Monday, and only the newest is not whole, whatever day it is', () => {
    for (let day = 20; day <= 27; day += 1) {
      const now = new Date(`2026-11-${day}T10:00:00.000Z`);
      for (const range of ranges.filter(({ unit }) => unit === 'week')) {
        const count = daysOf(range, now);
        expect(count).toBeLessThanOrEqual(366);
        const today = Date.parse(`2026-11-${day}`);
        const days = lastDays(count).map((one, n) => ({
          ...one,
          day: new Date(today - (count - 1 - n) * dayMs).toISOString().slice(0, 10),
        }));
        const bars = barsOf(days, 'week');
        expect(bars).toHaveLength(range.units);
        for (const { from } of bars) expect(new Date(from).getUTCDay()).toBe(1);
      }
    }
  });

  test('hold what their days hold', () => {
    const bars = barsOf(lastDays(11), 'week');
    expect(bars.map(({ from, to, total }) => [from, to, total])).toEqual([
      ['2026-11-16', '2026-11-22', 28],
      ['2026-11-23', '2026-11-26', 38],
    ]);
    expect(totalsOf(bars)).toEqual({ email: 55, whatsapp: 11, linkedin: 0 });
    expect(bars.map((one) => nameOfBar(one, 'week'))).toEqual(['16 Nov to 22 Nov', '23 Nov to 26 Nov']);
  });
});

describe('a drawing', () => {
  const box = { width: 700, height: 200 };

  test('has the parts of a bar upon each other, as high as they are many', () => {
    const { bars, lines } = drawBars([bar(50, 30, 20), bar(0)], box);
    const heights = bars[0]?.parts.map(({ height }) => Math.round(height));
    expect(heights).toEqual([100, 60, 40]);
    expect(bars[0]?.parts.map(({ y, height }) => Math.round(y + height))).toEqual([200, 100, 40]);
    expect(bars[1]?.parts).toEqual([]);
    expect(lines.map(({ value }) => value)).toEqual([0, 20, 40, 60, 80, 100]);
  });

  test('stays within its box, and names as many bars as have room', () => {
    for (const count of [1, 7, 13, 30, 52]) {
      for (const width of [250, 700, 1000]) {
        const drawing = drawBars(
          Array.from({ length: count }, () => bar(3)),
          { width, height: 200 },
        );
        const last = drawing.bars.at(-1);
        expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThanOrEqual(width);
        const gaps = drawing.named.slice(1).map(({ x }, n) => x - (drawing.named[n]?.x ?? 0));
        for (const gap of gaps) expect(gap).toBeGreaterThan(50);
        for (const { x } of drawing.named) expect(x).toBeLessThanOrEqual(width - 20);
        expect(drawing.named.at(-1)?.index).toBe(count - 1);
      }
    }
  });

  test('of no messages has its lines all the same, none between whole numbers', () => {
    const { bars, lines } = drawBars([bar(0), bar(0)], box);
    expect(bars.flatMap(({ parts }) => parts)).toEqual([]);
    expect(lines.map(({ value }) => value)).toEqual([0, 1]);
  });
});
