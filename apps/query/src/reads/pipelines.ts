import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import * as z from 'zod';
import { PipelineSummary } from '../shapes.ts';

type Pipeline = z.infer<typeof PipelineSummary>;

/** Fields as they are kept: whether one identifies is left out where its type says it. */
const KeptFields = z.array(
  PipelineSummary.shape.fields.element.extend({ identifies: z.boolean().optional() }),
);

/** The pipelines of a workspace by name. */
export async function readPipelines(db: Rows, workspace: string): Promise<Pipeline[]> {
  const rows = await db.rows<Omit<Pipeline, 'fields'> & { fields: unknown }>(sql`
    select pipeline, fields, default_country as "defaultCountry" from pipeline
    where workspace_id = ${workspace} order by pipeline`);
  return rows.map((row) => ({ ...row, fields: fieldsIn(row.fields) }));
}

/** As the resolver reads them: every field identifies but a text, unless its pipeline says otherwise. */
function fieldsIn(kept: unknown): Pipeline['fields'] {
  return KeptFields.parse(kept).map(({ key, type, identifies = type !== 'text' }) => ({
    key,
    type,
    identifies,
  }));
}
