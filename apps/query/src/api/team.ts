import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { readTeam } from '../reads/team.ts';
import { Team } from '../shapes.ts';
import type { Sources } from '../sources.ts';

/** Who is the company itself. */
export function teamApi({ db }: Sources) {
  return router({
    /** Who is the company itself: these participants are internal and never linked. */
    get: procedure
      .meta({ rest: 'GET /team', summary: 'Who is the company itself, besides its accounts' })
      .input(z.strictObject({}).prefault({}))
      .output(Team)
      .query(({ ctx }) => readTeam(db, ctx.workspace)),
  });
}
