/*
 * Writes the rows of a file as records, in chunks. A chunk that is refused because of its content is halved until
 * the row at fault stands alone: it is told, and the others are written.
 */
import { kithError } from '@kith/client';
import type { RecordToImport, SourceRow } from './source.ts';

/** What became of a file. rows = upserted + bad rows. */
export interface RecordsSummary {
  rows: number;
  upserted: number;
  linked: number;
  bad: { where: string; reason: string }[];
}

/** Writes records; what `records.upsertMany` of one pipeline does. */
export type UpsertMany = (records: RecordToImport[]) => Promise<{ upserted: number; linked: number }>;

type GoodRow = Extract<SourceRow, { kind: 'record' }>;

const chunkSize = 500;

/** Writes all rows; rejects only when Kith cannot be asked. */
export async function upsertRows(
  rows: AsyncIterable<SourceRow> | Iterable<SourceRow>,
  upsertMany: UpsertMany,
): Promise<RecordsSummary> {
  const summary: RecordsSummary = { rows: 0, upserted: 0, linked: 0, bad: [] };
  const seen = new Map<string, string>();
  let chunk: GoodRow[] = [];
  for await (const row of rows) {
    summary.rows += 1;
    const problem = row.kind === 'bad' ? row.reason : findRepetition(seen, row);
    if (row.kind === 'bad' || problem !== null) {
      summary.bad.push({ where: row.where, reason: problem ?? '' });
      continue;
    }
    chunk.push(row);
    if (chunk.length < chunkSize) continue;
    await upsertChunk(chunk, upsertMany, summary);
    chunk = [];
  }
  if (chunk.length > 0) await upsertChunk(chunk, upsertMany, summary);
  return summary;
}

/** Two rows with one id would overwrite each other in an order that nobody chose. */
function findRepetition(seen: Map<string, string>, { record, where }: GoodRow): string | null {
  const before = seen.get(record.recordId);
  if (before !== undefined) return `its id ${record.recordId} stands in ${before} already`;
  seen.set(record.recordId, where);
  return null;
}

async function upsertChunk(chunk: GoodRow[], upsertMany: UpsertMany, summary: RecordsSummary): Promise<void> {
  try {
    const { upserted, linked } = await upsertMany(chunk.map(({ record }) => record));
    summary.upserted += upserted;
    summary.linked += linked;
  } catch (err) {
    const known = kithError(err);
    if (known?.code !== 'bad_input') throw err;
    const [first, ...others] = chunk;
    if (first === undefined) return;
    if (others.length === 0) {
      summary.bad.push({ where: first.where, reason: known.message });
      return;
    }
    const middle = Math.ceil(chunk.length / 2);
    await upsertChunk(chunk.slice(0, middle), upsertMany, summary);
    await upsertChunk(chunk.slice(middle), upsertMany, summary);
  }
}
