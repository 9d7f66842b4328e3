import { channelNames } from '@kith/react/parts';
import { inFigures } from '../accounts/words.ts';
import { type Bar, channels, nameOfBar, type Unit } from './bars.ts';

/** The numbers of the chart, newest first, for whoever wants to read them. */
export function ChartTable({ bars, unit }: { bars: readonly Bar[]; unit: Unit }) {
  return (
    <details className="chart-table">
      <summary>Show as table</summary>
      <table>
        <caption className="kith-visually-hidden">
          Messages by channel, {unit} by {unit}
        </caption>
        <thead>
          <tr>
            <th scope="col">{unit === 'day' ? 'Day' : 'Week'}</th>
            {channels.map((channel) => (
              <th key={channel} scope="col">
                {channelNames[channel]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {bars.toReversed().map((bar) => (
            <tr key={bar.from}>
              <th scope="row">{nameOfBar(bar, unit)}</th>
              {channels.map((channel) => (
                <td key={channel}>{inFigures(bar.counts[channel])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
