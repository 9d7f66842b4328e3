import { RecordId } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { linkByPerson, manualLink } from '../decisions/link-by-person.ts';
import { dismissInReview } from '../decisions/review.ts';
import { type ApiParts, change } from './context.ts';
import { ParticipantId } from './participants.ts';

/** What a person answers where Kith does not guess. */
export const reviewRouter = (parts: ApiParts) =>
  router({
    /** Says which record a participant belongs to. Fails like `participants.link`. */
    resolve: procedure
      .input(z.strictObject({ participantId: ParticipantId, recordId: RecordId }))
      .output(z.object({ linked: z.boolean(), eventId: z.string().nullable() }))
      .mutation(async ({ ctx, input }) => {
        const { count, eventIds } = await change(parts, ctx, (tx, stamp) =>
          linkByPerson(tx, [{ ...input, ...manualLink }], { ...stamp, field: (_, part) => part }),
        );
        return { linked: count > 0, eventId: eventIds[0] ?? null };
      }),

    /** Says that a participant belongs to none of its candidates, or not to this one; it leaves the review. */
    dismiss: procedure
      .input(z.strictObject({ participantId: ParticipantId, recordId: RecordId.optional() }))
      .output(z.object({ dismissed: z.boolean(), eventId: z.string().nullable() }))
      .mutation(({ ctx, input }) =>
        change(parts, ctx, (tx, stamp) =>
          dismissInReview(tx, { ...input, recordId: input.recordId ?? null }, stamp),
        ),
      ),
  });
