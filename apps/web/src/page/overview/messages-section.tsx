import { accountKeys, FailureNotice, StaleBanner, useNow, useRead } from '@kith/react/parts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Bar, barsOf, daysOf, type Range, ranges } from './bars.ts';
import { ChartTable } from './chart-table.tsx';
import { MessageChart } from './message-chart.tsx';

const pollMs = 30_000;

/** Messages by channel, of a time that can be chosen. */
export function MessagesSection() {
  const [range, setRange] = useState<Range>(ranges[1]);
  const days = useDays(range);
  return (
    <section aria-labelledby="messages" className="messages">
      <header>
        <h2 id="messages">Messages</h2>
        <div className="ranges" role="group" aria-label="Time shown">
          {ranges.map((one) => (
            <button
              key={one.id}
              type="button"
              aria-pressed={one.id === range.id}
              onClick={() => setRange(one)}
            >
              {one.name}
            </button>
          ))}
        </div>
      </header>
      {days.isLoadingError && <FailureNotice err={days.error} onRetry={() => void days.refetch()} />}
      {days.isRefetchError && <StaleBanner err={days.error} />}
      {days.data === undefined && !days.isLoadingError && <div className="chart-place" role="status" />}
      {days.data !== undefined && <Chart {...days.data} />}
    </section>
  );
}

function Chart({ bars, range }: { bars: readonly Bar[]; range: Range }) {
  return (
    <>
      <MessageChart
        bars={bars}
        unit={range.unit}
        span={`Last ${range.name.toLowerCase().replace('a ', '')}`}
      />
      <ChartTable bars={bars} unit={range.unit} />
    </>
  );
}

/** Kept with the range that they are of: while another is read, the chart stays what it was. */
function useDays(range: Range) {
  const read = useRead();
  const days = daysOf(range, useNow());
  return useQuery({
    queryKey: accountKeys.messageDays(days),
    queryFn: async ({ signal }) => {
      const { items } = await read.stats.messages.query({ days }, { signal });
      return { bars: barsOf(items, range.unit), range };
    },
    placeholderData: keepPreviousData,
    refetchInterval: pollMs,
  });
}
