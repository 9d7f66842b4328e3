import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { replaceTeam } from '../team/replace-team.ts';
import { TeamInput } from '../team/team-input.ts';
import { type ApiParts, change } from './context.ts';

/** The team: people of the company itself, who are never linked. */
export const teamRouter = (parts: ApiParts) =>
  router({
    /**
     * Says who the company itself is, instead of what was said before. `internal` counts the participants that it
     * makes internal.
     */
    upsert: procedure
      .meta({ rest: 'PUT /team', summary: 'Says who is the company itself' })
      .input(TeamInput)
      .output(z.object({ internal: z.int() }))
      .mutation(({ ctx, input }) => change(parts, ctx, (tx, decision) => replaceTeam(tx, input, decision))),
  });
