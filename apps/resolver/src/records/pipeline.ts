import { createHash } from 'node:crypto';
import { KithError } from '@kith/contracts';
import { jsonb, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import * as z from 'zod';

/** How one field of a pipeline's records is read. `identifies` is true unless said otherwise, of a text false. */
export const PipelineField = z.strictObject({
  key: z.string().min(1).max(100),
  type: z.enum(['email', 'phone', 'linkedin', 'url', 'text']),
  identifies: z.boolean().optional(),
});
export type PipelineField = z.infer<typeof PipelineField>;

/** What a pipeline says of how its records are read. */
export interface PipelineReading {
  fields: readonly PipelineField[];
  /** The country of phone numbers without one (ISO 3166-1 alpha-2). */
  defaultCountry: string | null;
}

/** A kind of record. */
export interface Pipeline extends PipelineReading {
  pipeline: string;
}

/** Raised whenever fields are read in another way than before, so that every record is read again. */
const readingVersion = 1;

/** The version by which records of the pipeline are read now: what a record's `read_as` is compared with. */
export function readAsOf({ fields, defaultCountry }: PipelineReading): string {
  // Postgres keeps a jsonb object's keys in an order of its own, so they are listed here.
  const declared = fields.map(({ key, type, identifies }) => [key, type, identifies ?? null]);
  const reading = JSON.stringify([readingVersion, declared, defaultCountry]);
  return createHash('sha256').update(reading).digest('base64url').slice(0, 16);
}

/** Creates the pipeline or adds to its fields, taking the place of those with the same key; the country stays if null. */
export async function addToPipeline(tx: Tx, added: Pipeline): Promise<void> {
  const found = await findPipeline(tx, added.pipeline);
  const keys = new Set(added.fields.map(({ key }) => key));
  const others = (found?.fields ?? []).filter(({ key }) => !keys.has(key));
  const defaultCountry = added.defaultCountry ?? found?.defaultCountry ?? null;
  await writePipeline(tx, { ...added, fields: [...others, ...added.fields], defaultCountry });
}

/** Creates the pipeline or replaces its fields. */
export async function writePipeline(tx: Tx, pipeline: Pipeline): Promise<void> {
  await tx.rows(sql`
    insert into pipeline (workspace_id, pipeline, fields, default_country)
    values (${tx.workspace}, ${pipeline.pipeline}, ${jsonb(pipeline.fields)}, ${pipeline.defaultCountry})
    on conflict (workspace_id, pipeline) do update
      set fields = excluded.fields, default_country = excluded.default_country, updated_at = now()`);
}

/** Reads a pipeline, or throws `pipeline_not_found`. */
export async function readPipeline(tx: Tx, name: string): Promise<Pipeline> {
  const found = await findPipeline(tx, name);
  if (found !== undefined) return found;
  throw new KithError('pipeline_not_found', `no pipeline "${name}": call pipelines.upsert first`, {
    field: 'pipeline',
  });
}

async function findPipeline(tx: Tx, name: string): Promise<Pipeline | undefined> {
  const [found] = await tx.rows<Pipeline>(sql`
    select pipeline, fields, default_country as "defaultCountry" from pipeline
    where workspace_id = ${tx.workspace} and pipeline = ${name}`);
  return found;
}
