/** A record as `records.upsertMany` takes it. */
export interface RecordToImport {
  recordId: string;
  title?: string;
  fields: Record<string, unknown>;
}

/** What a line or element of a file is: a record, or the reason that it is none. `where` names the place. */
export type SourceRow =
  | { kind: 'record'; where: string; record: RecordToImport }
  | { kind: 'bad'; where: string; reason: string };

/** A file of records, opened: the fields of its pipeline and its rows, read while they are asked for. */
export interface RecordSource {
  fields: { key: string; type: 'email' | 'phone' | 'linkedin' | 'url' | 'text' }[];
  rows: AsyncIterable<SourceRow> | Iterable<SourceRow>;
}

const idCharsMax = 200;
const titleCharsMax = 1000;

/** Makes a row of an id, a title and fields, or says what is wrong with them. */
export function toRow(
  where: string,
  input: { id: string; title: string; fields: Record<string, unknown> },
): SourceRow {
  const recordId = input.id.trim();
  if (recordId === '') return { kind: 'bad', where, reason: 'has no id' };
  if (recordId.length > idCharsMax) {
    return { kind: 'bad', where, reason: `its id is longer than ${idCharsMax} characters` };
  }
  const title = input.title.trim().slice(0, titleCharsMax);
  const record = { recordId, fields: input.fields, ...(title === '' ? {} : { title }) };
  return { kind: 'record', where, record };
}
