/*
 * What the columns of a CRM's export mean: which identify, which is the id, which the title.
 */
import { CliFailure } from '../failure.ts';

/** The type of a pipeline's field. */
export type FieldType = 'email' | 'phone' | 'linkedin' | 'url' | 'text';

/** How columns become a record. */
export interface ColumnMapping {
  idColumn: string;
  /** One column, or those of a first and last name; none when nothing looks like a title. */
  titleColumns: string[];
  fields: { key: string; type: FieldType }[];
}

const fieldTypes: [pattern: RegExp, type: FieldType][] = [
  [/\be-?mails?\b/, 'email'],
  [/\blinked ?in\b/, 'linkedin'],
  [/\b(phones?|mobile|telephone|tel|cell|whatsapp)\b/, 'phone'],
  [/\b(url|website|web|homepage)\b/, 'url'],
];

const idNames = ['id', 'record id', 'contact id', 'lead id'];
const titleNames = ['title', 'name', 'full name', 'display name'];
const nameParts = [
  ['first name', 'last name'],
  ['given name', 'family name'],
  ['firstname', 'lastname'],
];

/** Maps columns by their names; throws when the id column cannot be told. */
export function mapColumns(
  columns: readonly string[],
  chosen: { idColumn?: string; titleColumn?: string },
): ColumnMapping {
  const idColumn = findColumn(columns, chosen.idColumn === undefined ? idNames : [chosen.idColumn]);
  if (idColumn === undefined) {
    throw new CliFailure(
      `No column ${chosen.idColumn ?? 'id'}: name the one with the record's id by --id-column. There are: ${columns.join(', ')}.`,
    );
  }
  const titleColumns = findTitle(columns, chosen.titleColumn);
  const rest = columns.filter((column) => column !== idColumn && column !== '');
  return { idColumn, titleColumns, fields: rest.map((key) => ({ key, type: typeOf(key) })) };
}

function findTitle(columns: readonly string[], chosen: string | undefined): string[] {
  if (chosen !== undefined) {
    const column = findColumn(columns, [chosen]);
    if (column !== undefined) return [column];
    throw new CliFailure(`No column ${chosen} for --title-column. There are: ${columns.join(', ')}.`);
  }
  const whole = findColumn(columns, titleNames);
  if (whole !== undefined) return [whole];
  for (const part of nameParts) {
    const found = part.map((name) => findColumn(columns, [name])).filter((name) => name !== undefined);
    if (found.length === part.length) return found;
  }
  return [];
}

function typeOf(column: string): FieldType {
  const name = plainName(column);
  return fieldTypes.find(([pattern]) => pattern.test(name))?.[1] ?? 'text';
}

function findColumn(columns: readonly string[], names: readonly string[]): string | undefined {
  for (const name of names) {
    const column = columns.find((each) => plainName(each) === plainName(name));
    if (column !== undefined) return column;
  }
  return undefined;
}

/** `workEmail`, `Work_Email` and `work email 2` all have the word "email". */
const plainName = (name: string): string =>
  name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[_.\-/()]+/g, (mark) => (mark === '-' ? '-' : ' '))
    .replaceAll(/(\d+)/g, ' $1 ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();
