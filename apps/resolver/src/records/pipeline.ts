import { KithError } from '@kith/contracts';
import { jsonb, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import * as z from 'zod';

/** How one field of a pipeline's records is read. `identifies` is true unless said otherwise. */
export const PipelineField = z.strictObject({
  key: z.string().min(1).max(100),
  type: z.enum(['email', 'phone', 'linkedin', 'url', 'text']),
  identifies: z.boolean().optional(),
});
export type PipelineField = z.infer<typeof PipelineField>;

/** A kind of record: its fields, and the country of phone numbers without one (ISO 3166-1 alpha-2). */
export interface Pipeline {
  pipeline: string;
  fields: PipelineField[];
  defaultCountry: string | null;
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
  const [found] = await tx.rows<Pipeline>(sql`
    select pipeline, fields, default_country as "defaultCountry" from pipeline
    where workspace_id = ${tx.workspace} and pipeline = ${name}`);
  if (found !== undefined) return found;
  throw new KithError('pipeline_not_found', `no pipeline "${name}": call pipelines.upsert first`, {
    field: 'pipeline',
  });
}
