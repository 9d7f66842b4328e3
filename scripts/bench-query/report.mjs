/* The figures as Markdown. */
import { sql } from 'drizzle-orm';
import { hardware } from '../bench-ingest/processes.mjs';

/** What was measured, on what. */
export async function headOf({ db, messages }) {
  const [{ server, buffers }] = await db.rows(sql`
    select current_setting('server_version') as server, current_setting('shared_buffers') as buffers`);
  return { hardware: hardware(), postgres: server, sharedBuffers: buffers, messages };
}

const columns = [
  ['read', ({ name }) => name],
  ['record', ({ of }) => of],
  ['HTTP p50 ms', ({ http }) => ms(http.p50)],
  ['p99', ({ http }) => ms(http.p99)],
  ['bare SQL p50', ({ bare }) => ms(bare.p50)],
  ['HTTP ÷ SQL', ({ http, bare }) => (http.p50 / bare.p50).toFixed(1)],
  ['statements', ({ statements }) => String(statements)],
  ['buffers', ({ buffers }) => buffers.toLocaleString('en')],
  ['naive join', ({ naive }) => msOrTimeout(naive)],
  ['with a count', ({ recount }) => msOrTimeout(recount)],
];

export function tableOf({ rows, ...head }) {
  return [
    `${head.hardware}; Postgres ${head.postgres}, shared_buffers ${head.sharedBuffers};`,
    `${head.messages.toLocaleString('en')} messages in one workspace. Warm, one request at a time; times in milliseconds.`,
    '',
    ...markdownOf(
      columns.map(([title]) => title),
      rows.map((row) => columns.map(([, cellOf]) => cellOf(row))),
    ),
    '',
  ].join('\n');
}

export function liveOf({ subscribers, p50, p99, missed }) {
  const titles = ['live', 'subscribers', 'p50 ms', 'p99 ms', 'missed'];
  const cells = ['event → subscriber', String(subscribers), ms(p50), ms(p99), String(missed)];
  return [...markdownOf(titles, [cells]), ''].join('\n');
}

export function markdownOf(titles, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(titles), line(titles.map(() => '---')), ...rows.map(line)];
}

export const ms = (value) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'));

const msOrTimeout = (value) => (value === null ? '> 30 s' : ms(value));
