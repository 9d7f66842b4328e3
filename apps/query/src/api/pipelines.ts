import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { readPipelines } from '../reads/pipelines.ts';
import { PipelineSummary } from '../shapes.ts';
import type { Sources } from '../sources.ts';

/** How the fields of records are read. */
export function pipelinesApi({ db }: Sources) {
  return router({
    /** The pipelines of the workspace by name, with their fields, as `{ items }`. */
    list: procedure
      .meta({ rest: 'GET /pipelines', summary: 'The pipelines of the workspace' })
      .input(z.strictObject({}).prefault({}))
      .output(z.object({ items: z.array(PipelineSummary) }))
      .query(async ({ ctx }) => ({ items: await readPipelines(db, ctx.workspace) })),
  });
}
