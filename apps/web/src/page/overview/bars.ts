/*
 * Days of messages as the bars of a chart: which days to ask for, how they come together to weeks, and where each part
 * of a bar stands. Days are those of UTC, as the services count them.
 */
import type { Channel, ReadOutputs } from '@kith/client';
import { scaleBand, scaleLinear } from 'd3-scale';
import { stack } from 'd3-shape';

export type Day = ReadOutputs['stats']['messages']['items'][number];
export type Unit = 'day' | 'week';

/** The channels from the ground up. */
export const channels: readonly Channel[] = ['email', 'whatsapp', 'linkedin'];

/** What can be looked at. */
export const ranges = [
  { id: '7', name: '7 days', unit: 'day', units: 7 },
  { id: '30', name: '30 days', unit: 'day', units: 30 },
  { id: '90', name: '90 days', unit: 'week', units: 13 },
  { id: '365', name: 'A year', unit: 'week', units: 52 },
] as const satisfies readonly { id: string; name: string; unit: Unit; units: number }[];
export type Range = (typeof ranges)[number];

/** How many days to ask for: of weeks only the one that is not over yet is not whole. */
export function daysOf(range: Range, now: Date): number {
  return range.unit === 'day' ? range.units : (range.units - 1) * 7 + weekday(now);
}

/** A bar: the days from the one to the other, and what was sent in them. */
export interface Bar {
  from: string;
  to: string;
  counts: Readonly<Record<Channel, number>>;
  total: number;
}

/** Days, oldest first, as bars. */
export function barsOf(days: readonly Day[], unit: Unit): Bar[] {
  const bars: Bar[] = [];
  for (const { day, email, whatsapp, linkedin } of days) {
    const last = bars.at(-1);
    const total = email + whatsapp + linkedin;
    if (last === undefined || unit === 'day' || weekday(new Date(day)) === 1) {
      bars.push({ from: day, to: day, counts: { email, whatsapp, linkedin }, total });
      continue;
    }
    const { counts } = last;
    bars[bars.length - 1] = {
      from: last.from,
      to: day,
      counts: {
        email: counts.email + email,
        whatsapp: counts.whatsapp + whatsapp,
        linkedin: counts.linkedin + linkedin,
      },
      total: last.total + total,
    };
  }
  return bars;
}

/** What all bars have together. */
export function totalsOf(bars: readonly Bar[]): Record<Channel, number> {
  const totals = { email: 0, whatsapp: 0, linkedin: 0 };
  for (const { counts } of bars) for (const channel of channels) totals[channel] += counts[channel];
  return totals;
}

/** Where everything stands, in pixels from the upper left. */
export interface Drawing {
  bars: { x: number; width: number; parts: { channel: Channel; y: number; height: number }[] }[];
  /** Lines to read heights by, and what they stand for. */
  lines: { y: number; value: number }[];
  /** Bars that have room for their name below. */
  named: { x: number; index: number }[];
  step: number;
}

const linesMax = 4;
/** What the name of a day needs, with a gap. */
const nameWidth = 72;
/** From its middle to its end, so that the newest ends within the chart. */
const nameHalf = 20;
/** So that a bar of a week is no wall. */
const barWidthMax = 48;

/** Draws bars into a box. */
export function drawBars(bars: readonly Bar[], box: { width: number; height: number }): Drawing {
  const highest = Math.max(1, ...bars.map(({ total }) => total));
  const y = scaleLinear().domain([0, highest]).nice(linesMax).range([box.height, 0]);
  const x = scaleBand<number>()
    .domain(bars.map((_, index) => index))
    .range([0, box.width])
    .paddingInner(0.25)
    .paddingOuter(0.125);
  const width = Math.min(x.bandwidth(), barWidthMax);
  const xOf = (index: number) => (x(index) ?? 0) + (x.bandwidth() - width) / 2;
  const layers = stack<Bar, Channel>()
    .keys(channels)
    .value((bar, channel) => bar.counts[channel])([...bars]);
  const drawn = bars.map((_, index) => ({
    x: xOf(index),
    width,
    parts: layers.flatMap((layer) => {
      const [low = 0, high = 0] = layer[index] ?? [];
      return high > low ? [{ channel: layer.key, y: y(high), height: y(low) - y(high) }] : [];
    }),
  }));
  const lines = y.ticks(linesMax).filter(Number.isInteger);
  return {
    bars: drawn,
    lines: lines.map((value) => ({ y: y(value), value })),
    named: namedOf(bars.length, x.step()).map((index) => ({
      x: Math.min(xOf(index) + width / 2, box.width - nameHalf),
      index,
    })),
    step: x.step(),
  };
}

/** Which bars are named: counted from the newest, as many as have room. */
function namedOf(count: number, step: number): number[] {
  const every = Math.max(1, Math.ceil(nameWidth / step));
  const named: number[] = [];
  for (let index = count - 1; index >= 0; index -= every) named.unshift(index);
  // The first name would begin left of the chart.
  return named.length > 1 && (named[0] ?? 0) * step < nameWidth / 2 && step < nameWidth
    ? named.slice(1)
    : named;
}

const shortDay = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const namedDay = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** `23 Nov` */
export const shortNameOf = ({ from }: Bar): string => shortDay.format(new Date(from));

/** `Mon 23 Nov`, or `23 Nov to 29 Nov`. */
export function nameOfBar({ from, to }: Bar, unit: Unit): string {
  if (unit === 'day') return namedDay.format(new Date(from)).replace(',', '');
  return from === to
    ? shortDay.format(new Date(from))
    : `${shortDay.format(new Date(from))} to ${shortDay.format(new Date(to))}`;
}

/** 1 for Monday to 7 for Sunday, in UTC. */
const weekday = (date: Date): number => ((date.getUTCDay() + 6) % 7) + 1;
