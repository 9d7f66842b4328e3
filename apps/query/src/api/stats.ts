import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { readOverview } from '../reads/overview.ts';
import { Overview } from '../shapes.ts';
import type { Sources } from '../sources.ts';

/** A workspace in numbers. */
export function statsApi({ db }: Sources) {
  return router({
    /** The workspace in numbers, for a front page. */
    overview: procedure
      .meta({ rest: 'GET /stats', summary: 'The workspace in numbers' })
      .input(z.strictObject({}).prefault({}))
      .output(Overview)
      .query(({ ctx }) => readOverview(db, ctx.workspace)),
  });
}
