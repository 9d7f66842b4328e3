/*
 * A CSV file as a CRM exports it: with or without a byte order mark, separated by comma, semicolon or tab, with line
 * breaks inside quotes. It is read as a stream; a row that cannot be read is told with its line and skipped.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type CsvError, parse } from 'csv-parse';
import { CliFailure } from '../failure.ts';
import { type ColumnMapping, mapColumns } from './columns.ts';
import { type RecordSource, type SourceRow, toRow } from './source.ts';

/** Opens a CSV file; throws when it has no header or no id column. */
export async function openCsv(
  path: string,
  chosen: { idColumn?: string; titleColumn?: string },
): Promise<RecordSource> {
  const delimiter = detectDelimiter(await readStart(path));
  const columns = await readHeader(path, delimiter);
  const mapping = mapColumns(columns, chosen);
  return { fields: mapping.fields, rows: readRows(path, { delimiter, columns, mapping }) };
}

/** The separator that occurs most often in the first line, outside quotes. */
export function detectDelimiter(start: string): string {
  const counts = new Map([',', ';', '\t'].map((delimiter) => [delimiter, 0]));
  let isQuoted = false;
  for (const char of start) {
    if (char === '"') isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (char === '\n') break;
    const count = counts.get(char);
    if (count !== undefined) counts.set(char, count + 1);
  }
  const [best] = [...counts].toSorted(([, a], [, b]) => b - a);
  return best?.[0] ?? ',';
}

async function readStart(path: string): Promise<string> {
  const file = await open(path).catch(() => {
    throw new CliFailure(`${path} does not exist or cannot be read.`);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}

async function readHeader(path: string, delimiter: string): Promise<string[]> {
  const header = createReadStream(path).pipe(
    parse({ bom: true, delimiter, toLine: 1, relax_quotes: true, to: 1 }),
  );
  for await (const row of header) return (row as string[]).map((column) => column.trim());
  throw new CliFailure(`${path} is empty: its first line must name the columns.`);
}

interface RowOptions {
  delimiter: string;
  columns: string[];
  mapping: ColumnMapping;
}

interface ParsedRow {
  raw: string;
  record: string[];
  info: { lines: number };
}

async function* readRows(path: string, options: RowOptions): AsyncGenerator<SourceRow, void> {
  const bad: SourceRow[] = [];
  let countedTwice = 0;
  const parser = createReadStream(path).pipe(
    parse({
      bom: true,
      delimiter: options.delimiter,
      info: true,
      raw: true,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      on_skip: (err) => {
        bad.push({ kind: 'bad', where: lineOf(err), reason: err?.message ?? 'cannot be read' });
        return undefined;
      },
      from: 2,
    }),
  );
  for await (const row of parser) {
    yield* bad.splice(0);
    const { record, info, raw } = row as ParsedRow;
    const breaks = raw.trimEnd().match(/\r?\n/g) ?? [];
    // csv-parse 7.0.3 counts a CRLF inside quotes as two lines; and a row is found by its first line.
    countedTwice += breaks.filter((text) => text === '\r\n').length;
    yield rowOf(record, `line ${info.lines - countedTwice - breaks.length}`, options);
  }
  yield* bad;
}

function rowOf(cells: string[], where: string, { columns, mapping }: RowOptions): SourceRow {
  if (cells.length > columns.length) {
    return { kind: 'bad', where, reason: `has ${cells.length} cells for ${columns.length} columns` };
  }
  const values = new Map(columns.map((column, index) => [column, (cells[index] ?? '').trim()]));
  const value = (column: string): string => values.get(column) ?? '';
  const fields = mapping.fields
    .map(({ key }) => [key, value(key)] as const)
    .filter(([, text]) => text !== '');
  return toRow(where, {
    id: value(mapping.idColumn),
    title: mapping.titleColumns.map(value).join(' '),
    fields: Object.fromEntries(fields),
  });
}

const lineOf = (err: CsvError | undefined): string => {
  const line = err !== undefined && 'lines' in err ? err['lines'] : undefined;
  return typeof line === 'number' ? `line ${line}` : 'a line';
};
