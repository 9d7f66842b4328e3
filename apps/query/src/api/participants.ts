import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { readParticipant } from '../reads/participant.ts';
import { ParticipantDetail } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { inputs } from './inputs.ts';

/** What is asked of a participant. */
export function participantsApi({ db }: Sources) {
  return router({
    get: procedure
      .input(z.strictObject({ participantId: inputs.id }))
      .output(ParticipantDetail)
      .query(({ ctx, input }) => readParticipant(db, ctx.workspace, input.participantId)),
  });
}
