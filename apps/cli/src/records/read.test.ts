import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { detectDelimiter, openCsv } from './read-csv.ts';
import { openJson } from './read-json.ts';
import type { RecordSource, SourceRow } from './source.ts';

async function temporaryFile(name: string, content: string) {
  const folder = await mkdtemp(join(tmpdir(), 'kith-records-'));
  const path = join(folder, name);
  await writeFile(path, content);
  return { path, [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

async function rowsOf(source: RecordSource): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const row of source.rows) rows.push(row);
  return rows;
}

async function readCsv(content: string): Promise<SourceRow[]> {
  await using file = await temporaryFile('x.csv', content);
  return rowsOf(await openCsv(file.path, {}));
}

async function readJson(value: unknown): Promise<{ rows: SourceRow[]; fields: RecordSource['fields'] }> {
  await using file = await temporaryFile('x.json', `\uFEFF${JSON.stringify(value)}`);
  const source = await openJson(file.path, {});
  return { rows: await rowsOf(source), fields: source.fields };
}

test('a CSV with byte order mark, semicolons and quoted line breaks reads as it was meant', async () => {
  const rows = await readCsv(
    '\uFEFFid;name;email;note\r\n93;"Lima; Ana";ana@lima.example;"two\r\nlines"\r\n;in line 4\r\n',
  );
  expect(rows).toEqual([
    {
      kind: 'record',
      where: 'line 2',
      record: {
        recordId: '93',
        title: 'Lima; Ana',
        fields: { name: 'Lima; Ana', email: 'ana@lima.example', note: 'two\r\nlines' },
      },
    },
    { kind: 'bad', where: 'line 4', reason: 'has no id' },
  ]);
});

test('rows that cannot be records are told by line, and the others are read', async () => {
  const rows = await readCsv('id,email\n1,a@x.example\n,b@x.example\n3,c@x.example,more\n4\n');
  expect(rows.map(({ kind, where }) => [kind, where])).toEqual([
    ['record', 'line 2'],
    ['bad', 'line 3'],
    ['bad', 'line 4'],
    ['record', 'line 5'],
  ]);
});

test('a quote that never closes is a bad row, not the end of the import', async () => {
  const rows = await readCsv('id,email\n1,a@x.example\n2,"open\n');
  expect(rows.map(({ kind }) => kind)).toEqual(['record', 'bad']);
});

test('the delimiter is counted outside quotes, in the first line only', () => {
  expect(detectDelimiter('"a,b,c";d;e\n1,2,3,4,5')).toBe(';');
  expect(detectDelimiter('a\tb')).toBe('\t');
  expect(detectDelimiter('only')).toBe(',');
});

test('an empty file says what is missing', async () => {
  await expect(readCsv('')).rejects.toThrow('is empty');
});

test('JSON in the shape of the API keeps its values, arrays included', async () => {
  const { rows, fields } = await readJson([
    { recordId: '93', title: 'Ana', fields: { email: ['a@x.example', 'b@x.example'], age: 3 } },
    'nonsense',
  ]);
  expect(rows).toEqual([
    {
      kind: 'record',
      where: 'element 1',
      record: { recordId: '93', title: 'Ana', fields: { email: ['a@x.example', 'b@x.example'], age: 3 } },
    },
    { kind: 'bad', where: 'element 2', reason: 'is not an object' },
  ]);
  expect(fields).toEqual([
    { key: 'email', type: 'email' },
    { key: 'age', type: 'text' },
  ]);
});

test('flat JSON objects are rows of columns; a number may be an id', async () => {
  const { rows } = await readJson([
    { id: 7, name: 'Flat', email: 'f@x.example', empty: null },
    { name: 'no id' },
  ]);
  expect(rows).toEqual([
    {
      kind: 'record',
      where: 'element 1',
      record: { recordId: '7', title: 'Flat', fields: { name: 'Flat', email: 'f@x.example' } },
    },
    { kind: 'bad', where: 'element 2', reason: 'has no id' },
  ]);
});
