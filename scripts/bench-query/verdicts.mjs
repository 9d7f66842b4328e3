/* Whether the aims are reached: ratios of figures of the same run, and one time. */
import { markdownOf, ms } from './report.mjs';

const aims = [
  ...['records.conversations', 'records.timeline'].flatMap((list) => [
    {
      aim: `${list}: the first page of the largest within 2 × of the median's`,
      most: 2,
      valueOf: ({ p50 }) => p50(list, 'largest') / p50(list, 'median'),
    },
    {
      aim: `${list}: page 1,000 within 1.5 × of page 1`,
      most: 1.5,
      valueOf: ({ p50 }) => p50(`${list}, page 1000`, 'largest') / p50(list, 'largest'),
    },
  ]),
  {
    aim: 'over HTTP within 3 × of the bare SQL, at the worst',
    most: 3,
    valueOf: ({ rows }) => Math.max(...rows.map(({ http, bare }) => http.p50 / bare.p50)),
  },
  {
    aim: 'p99 of an event with 1,000 subscribers under 250 ms',
    most: 250,
    valueOf: ({ live }) => live.p99,
  },
];

/** A table of the aims; what was not measured is said to be so. */
export function verdictsOf({ rows, live }) {
  const p50 = (name, of) => rows.find((row) => row.name === name && row.of === of)?.http.p50;
  const lines = aims.map(({ aim, most, valueOf }) => {
    const value = valueOf({ rows, live, p50 });
    if (!Number.isFinite(value)) return [aim, '–', 'not measured'];
    return [aim, ms(value), value <= most ? 'reached' : 'MISSED'];
  });
  return [...markdownOf(['aim', 'measured', 'verdict'], lines), '', 'Ratios are of this one run.'].join('\n');
}
