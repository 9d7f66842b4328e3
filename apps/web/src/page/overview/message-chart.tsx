/*
 * Messages by channel over time. The drawing is one picture to whoever cannot see it, with what it shows in a sentence;
 * above it lies a slider, which tells the numbers of one bar to the pointer, the keyboard and a screen reader alike; and
 * the same stands in a table.
 */
import { channelNames } from '@kith/react/parts';
import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react';
import { inFigures } from '../accounts/words.ts';
import {
  type Bar,
  channels,
  type Drawing,
  drawBars,
  nameOfBar,
  shortNameOf,
  totalsOf,
  type Unit,
} from './bars.ts';
import { ChannelPatterns, ChannelSwatch, fillOf } from './channel-patterns.tsx';
import { useWidth } from './use-width.ts';

const plotHeight = 180;
const namesHeight = 24;
const numbersWidth = 40;

/** The chart of bars that are there. */
export function MessageChart({ bars, unit, span }: { bars: readonly Bar[]; unit: Unit; span: string }) {
  const [chosen, setChosen] = useState<number | null>(null);
  const { ref, width } = useWidth<HTMLDivElement>();
  const plotWidth = Math.max(0, width - numbersWidth);
  const drawing = drawBars(bars, { width: plotWidth, height: plotHeight });
  return (
    <>
      <Legend bars={bars} unit={unit} span={span} chosen={chosen} />
      <div className="chart" ref={ref}>
        {width > 0 && (
          <>
            <Picture
              bars={bars}
              drawing={drawing}
              width={width}
              summary={summaryOf(bars, unit, span)}
              chosen={chosen}
            />
            <BarSlider bars={bars} unit={unit} step={drawing.step} chosen={chosen} onChoose={setChosen} />
          </>
        )}
      </div>
    </>
  );
}

/** What the colours mean, with the numbers of the chosen bar, or of all. */
function Legend(props: { bars: readonly Bar[]; unit: Unit; span: string; chosen: number | null }) {
  const { bars, unit, span, chosen } = props;
  const bar = chosen === null ? undefined : bars[chosen];
  const counts = bar?.counts ?? totalsOf(bars);
  return (
    <p className="legend">
      <span className="legend-when">{bar === undefined ? span : nameOfBar(bar, unit)}</span>
      {channels.map((channel) => (
        <span key={channel}>
          <ChannelSwatch channel={channel} />
          {channelNames[channel]} <b>{inFigures(counts[channel])}</b>
        </span>
      ))}
    </p>
  );
}

function Picture(props: {
  bars: readonly Bar[];
  drawing: Drawing;
  width: number;
  summary: string;
  chosen: number | null;
}) {
  const { bars, drawing, width, summary, chosen } = props;
  const id = useId();
  return (
    <svg
      role="img"
      aria-labelledby={`${id}-title ${id}-desc`}
      width={width}
      height={plotHeight + namesHeight + 8}
    >
      <title id={`${id}-title`}>Messages by channel</title>
      <desc id={`${id}-desc`}>{summary}</desc>
      <ChannelPatterns />
      <g transform={`translate(${numbersWidth} 8)`}>
        {drawing.lines.map(({ y, value }) => (
          <g key={value} transform={`translate(0 ${Math.round(y) + 0.5})`}>
            <line className="chart-line" x1="0" x2={width - numbersWidth} />
            <text className="chart-text" x="-8" dy="0.32em" textAnchor="end">
              {shortFigure(value)}
            </text>
          </g>
        ))}
        {drawing.bars.map(({ x, width: barWidth, parts }, index) => (
          <g key={bars[index]?.from ?? index} className={chosen === index ? 'chosen' : undefined}>
            {chosen === index && (
              <rect
                className="chart-chosen"
                x={x - 3}
                width={barWidth + 6}
                y="0"
                height={plotHeight}
                rx="3"
              />
            )}
            {parts.map(({ channel, y, height }) => (
              <rect
                key={channel}
                className="chart-part"
                x={x}
                y={y}
                width={barWidth}
                height={height}
                fill={fillOf(channel)}
              />
            ))}
          </g>
        ))}
        {drawing.named.map(({ x, index }) => {
          const bar = bars[index];
          return bar === undefined ? null : (
            <text key={index} className="chart-text" x={x} y={plotHeight + 18} textAnchor="middle">
              {shortNameOf(bar)}
            </text>
          );
        })}
      </g>
    </svg>
  );
}

function BarSlider(props: {
  bars: readonly Bar[];
  unit: Unit;
  step: number;
  chosen: number | null;
  onChoose: (index: number | null) => void;
}) {
  const { bars, unit, step, chosen, onChoose } = props;
  const last = bars.length - 1;
  const current = chosen ?? last;
  const bar = bars[current];
  const choose = (index: number) => onChoose(Math.min(Math.max(index, 0), last));
  const onPointer = (event: PointerEvent<HTMLDivElement>) =>
    choose(Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left) / step));
  const onKey = (event: KeyboardEvent) => {
    const next = nextOf(event.key, current, last);
    if (next === null) return;
    event.preventDefault();
    choose(next);
  };
  return (
    <div
      className="chart-slider"
      role="slider"
      tabIndex={0}
      aria-label={unit === 'day' ? 'Messages of a day' : 'Messages of a week'}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={current}
      aria-valuetext={bar === undefined ? '' : `${nameOfBar(bar, unit)}: ${countsInWords(bar)}`}
      onPointerMove={onPointer}
      onPointerDown={onPointer}
      onPointerLeave={(event) => event.pointerType === 'mouse' && onChoose(null)}
      onFocus={() => chosen === null && choose(last)}
      onBlur={() => onChoose(null)}
      onKeyDown={onKey}
    />
  );
}

function nextOf(key: string, current: number, last: number): number | null {
  if (key === 'ArrowLeft' || key === 'ArrowDown') return current - 1;
  if (key === 'ArrowRight' || key === 'ArrowUp') return current + 1;
  if (key === 'Home') return 0;
  return key === 'End' ? last : null;
}

const countsInWords = ({ counts }: Pick<Bar, 'counts'>): string =>
  channels.map((channel) => `${inFigures(counts[channel])} ${channelNames[channel]}`).join(', ');

function summaryOf(bars: readonly Bar[], unit: Unit, span: string): string {
  const counts = totalsOf(bars);
  const most = bars.reduce<Bar | undefined>(
    (best, bar) => (bar.total > (best?.total ?? 0) ? bar : best),
    undefined,
  );
  const busiest =
    most === undefined ? '' : ` The most were on ${nameOfBar(most, unit)}: ${inFigures(most.total)}.`;
  return `${span}: ${countsInWords({ counts })}.${busiest}`;
}

const shortFigures = new Intl.NumberFormat('en', { notation: 'compact' });
const shortFigure = (value: number): string => shortFigures.format(value);
