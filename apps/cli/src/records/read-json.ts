/*
 * A JSON file of records: an array of `{ recordId, title?, fields }`, or of flat objects whose keys are columns.
 */
import { readFile } from 'node:fs/promises';
import { CliFailure } from '../failure.ts';
import { type ColumnMapping, mapColumns } from './columns.ts';
import { type RecordSource, type SourceRow, toRow } from './source.ts';

type Fields = Record<string, unknown>;

/** Opens a JSON file; throws when it is no array of objects. */
export async function openJson(
  path: string,
  chosen: { idColumn?: string; titleColumn?: string },
): Promise<RecordSource> {
  const elements = parseArray(path, await readText(path));
  const objects = elements.filter(isObject);
  if (objects.length === 0) throw new CliFailure(`${path} must be a JSON array of objects, and holds none.`);
  const shaped = objects.every((object) => 'recordId' in object && isObject(object['fields']));
  const flat = shaped ? objects.map(flatten) : objects;
  const columns = [...new Set(flat.flatMap((object) => Object.keys(object)))];
  const mapping = mapColumns(columns, shaped ? { idColumn: shapedId } : chosen);
  return { fields: mapping.fields, rows: readRows(elements, shaped, mapping) };
}

const shapedId = 'recordId';

function* readRows(elements: unknown[], shaped: boolean, mapping: ColumnMapping): Generator<SourceRow, void> {
  for (const [index, element] of elements.entries()) {
    const where = `element ${index + 1}`;
    if (!isObject(element)) yield { kind: 'bad', where, reason: 'is not an object' };
    else if (shaped) yield rowOf(where, element, element['title']);
    else yield rowOf(where, flatRow(element, mapping), titleOf(element, mapping));
  }
}

function rowOf(where: string, element: Fields, title: unknown): SourceRow {
  const fields = isObject(element['fields']) ? element['fields'] : {};
  return toRow(where, { id: textOf(element[shapedId]), title: textOf(title), fields });
}

function flatRow(element: Fields, { idColumn, fields }: ColumnMapping): Fields {
  const kept = fields
    .map(({ key }) => [key, element[key]] as const)
    .filter(([, value]) => value !== undefined && value !== null && value !== '');
  return { recordId: element[idColumn], fields: Object.fromEntries(kept) };
}

const titleOf = (element: Fields, { titleColumns }: ColumnMapping): string =>
  titleColumns.map((column) => textOf(element[column])).join(' ');

const flatten = (object: Fields): Fields => ({
  recordId: object[shapedId],
  ...(isObject(object['fields']) ? object['fields'] : {}),
});

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

async function readText(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    throw new CliFailure(`${path} does not exist or cannot be read.`, { cause });
  }
}

function parseArray(path: string, text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
  } catch (cause) {
    throw new CliFailure(`${path} is not valid JSON: ${cause instanceof Error ? cause.message : ''}`, {
      cause,
    });
  }
  throw new CliFailure(`${path} must be a JSON array of objects.`);
}
