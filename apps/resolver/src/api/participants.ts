import { RecordId } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { linkByPerson, unlinkByPerson } from '../resolve/person-decisions.ts';
import { type ApiParts, change } from './context.ts';

const ParticipantId = z.string().min(1).max(100);

/** What a person says of a participant. */
export const participantsRouter = (parts: ApiParts) =>
  router({
    link: procedure
      .input(
        z.strictObject({
          participantId: ParticipantId,
          recordId: RecordId,
          confidence: z.number().min(0).max(1).default(0.9),
          method: z.string().min(1).max(100).default('manual'),
        }),
      )
      .output(z.object({ linked: z.boolean() }))
      .mutation(({ ctx, input }) => change(parts, ctx, (tx, decision) => linkByPerson(tx, input, decision))),

    unlink: procedure
      .input(z.strictObject({ participantId: ParticipantId }))
      .output(z.object({ unlinked: z.boolean() }))
      .mutation(({ ctx, input }) =>
        change(parts, ctx, (tx, decision) => unlinkByPerson(tx, input, decision)),
      ),
  });
