/*
 * The old records. They are to be in Kith under their own ids; `--records` creates those that are missing, and leaves
 * those that are there as they are, because what it would overwrite nobody could bring back.
 */
import type { KithClient } from '@kith/client';
import { field, textOf } from '@kith/ingest/loose-json';
import { type ColumnMapping, mapColumns } from '../records/columns.ts';
import type { Journal } from './journal.ts';
import type { OldReader, OldSystem } from './old-system.ts';

const idsPerPage = 100;
const recordsPerCall = 500;
const fieldsMax = 500;
const keyCharsMax = 100;

/** The ids of all records that Kith has. */
export async function readRecordIds(kith: KithClient): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page: { items: { recordId: string }[]; nextCursor: string | null } =
      await kith.read.records.search.query({
        limit: idsPerPage,
        ...(cursor === undefined ? {} : { cursor }),
      });
    for (const { recordId } of page.items) ids.add(recordId);
    cursor = page.nextCursor;
  }
  return ids;
}

/** Creates the records that Kith does not have. Answers how many there are now because of it. */
export async function createRecords(
  old: OldSystem,
  kith: KithClient,
  options: { journal: Journal; known: Set<string>; onProgress(records: number): void },
): Promise<{ created: number }> {
  const pipelines = await declarePipelines(old, kith);
  let [created, seen] = [0, 0];
  for (let after: string | null = null; ;) {
    const rows: RecordRow[] = await old.read((at) => readPage(at, after));
    const missing = rows.filter(({ id }) => !options.known.has(id));
    if (missing.length > 0) {
      await options.journal.write({ did: 'records', recordIds: missing.map(({ id }) => id) });
      created += await upsert(kith, pipelines, missing);
      for (const { id } of missing) options.known.add(id);
    }
    seen += rows.length;
    options.onProgress(seen);
    if (rows.length < recordsPerCall) return { created };
    after = rows.at(-1)?.id ?? null;
  }
}

interface RecordRow {
  id: string;
  pipeline: string | null;
  title: string | null;
  data: unknown;
}

function readPage(at: OldReader, after: string | null): Promise<RecordRow[]> {
  const key = at.column('r', 'records.id');
  return at.rows<RecordRow>(
    `select ${key}::text as id, ${at.column('r', 'records.pipeline')}::text as pipeline,
        ${at.column('r', 'records.title')}::text as title, ${at.column('r', 'records.data')} as data
      from ${at.table('records')} r
      where ($1::text is null or ${key} > $1::text::${at.type('records.id')})
      order by ${key} limit ${recordsPerCall}`,
    [after],
  );
}

/** A pipeline's name in Kith: its id in the old system, or a common one. */
const pipelineName = (pipeline: string | null): string => (pipeline ?? 'contacts').slice(0, keyCharsMax);

/** Declares every pipeline with the fields that its records have, and answers how their columns are read. */
async function declarePipelines(old: OldSystem, kith: KithClient): Promise<Map<string, ColumnMapping>> {
  const keys = await old.read(readFieldKeys);
  const { defaultCountry } = old.mapping;
  const mappings = new Map<string, ColumnMapping>();
  for (const [pipeline, names] of keys) {
    const mapping = mapColumns([recordIdColumn, ...names.slice(0, fieldsMax)], { idColumn: recordIdColumn });
    mappings.set(pipeline, mapping);
    await kith.write.pipelines.upsert.mutate({
      pipeline,
      fields: mapping.fields,
      keepOthers: true,
      ...(defaultCountry === null ? {} : { defaultCountry }),
    });
  }
  return mappings;
}

/** Stands for the key, which is no field; no old field is called so. */
const recordIdColumn = 'kith record id';

async function readFieldKeys(at: OldReader): Promise<Map<string, string[]>> {
  const data = at.column('r', 'records.data');
  const pipeline = `${at.column('r', 'records.pipeline')}::text`;
  const rows = await at.rows<{ pipeline: string | null; keys: (string | null)[] }>(
    `select ${pipeline} as pipeline, array_agg(distinct field order by field) as keys
      from ${at.table('records')} r
      left join lateral jsonb_object_keys(
        case when jsonb_typeof(${data}::jsonb) = 'object' then ${data}::jsonb else '{}' end) field on true
      group by 1 order by 1`,
  );
  return new Map(
    rows.map(({ pipeline: name, keys }) => [
      pipelineName(name),
      keys.flatMap((key) => (key !== null && key !== '' && key.length <= keyCharsMax ? [key] : [])),
    ]),
  );
}

async function upsert(
  kith: KithClient,
  pipelines: ReadonlyMap<string, ColumnMapping>,
  rows: readonly RecordRow[],
): Promise<number> {
  let upserted = 0;
  for (const [pipeline, mapping] of pipelines) {
    const records = rows
      .filter((row) => pipelineName(row.pipeline) === pipeline)
      .map((row) => toRecord(row, mapping));
    if (records.length === 0) continue;
    upserted += (await kith.write.records.upsertMany.mutate({ pipeline, records })).upserted;
  }
  return upserted;
}

const titleCharsMax = 1000;

function toRecord({ id, title, data }: RecordRow, mapping: ColumnMapping) {
  const fields = mapping.fields
    .map(({ key }) => [key, field(data, key)] as const)
    .filter(([, value]) => value !== undefined && value !== null && value !== '');
  const named = mapping.titleColumns.flatMap((key) => textOf(field(data, key)) ?? []).join(' ');
  const shown = (title ?? named).trim().slice(0, titleCharsMax);
  return { recordId: id, fields: Object.fromEntries(fields), ...(shown === '' ? {} : { title: shown }) };
}
