import { RecordId } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { linkByPerson, manualLink } from '../decisions/link-by-person.ts';
import { dismissInReview, dismissMany } from '../decisions/review.ts';
import { type ApiParts, change } from './context.ts';
import { linkErrors, manyMax, ParticipantId } from './participants.ts';

/** What a person answers where Kith does not guess. */
export const reviewRouter = (parts: ApiParts) =>
  router({
    /** Says which record a participant belongs to. Fails like `participants.link`. */
    resolve: procedure
      .meta({
        rest: 'POST /review/{participantId}/resolve',
        summary: 'Says which record a participant is',
        errors: linkErrors,
      })
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
      .meta({
        rest: 'POST /review/{participantId}/dismiss',
        summary: 'Says that a participant is not a record, or not to be asked now',
        errors: ['participant_not_found', 'record_not_found'],
      })
      .input(z.strictObject({ participantId: ParticipantId, recordId: RecordId.optional() }))
      .output(z.object({ dismissed: z.boolean(), eventId: z.string().nullable() }))
      .mutation(({ ctx, input }) =>
        change(parts, ctx, (tx, stamp) =>
          dismissInReview(tx, { ...input, recordId: input.recordId ?? null }, stamp),
        ),
      ),

    /** Takes up to 1,000 participants off the review, all or none: none of their candidates is said to be wrong. */
    dismissMany: procedure
      .meta({
        rest: 'POST /review/dismiss-many',
        summary: 'Takes many participants off the review: all or none',
        errors: ['participant_not_found'],
      })
      .input(z.strictObject({ participantIds: z.array(ParticipantId).max(manyMax) }))
      .output(z.object({ dismissed: z.int(), eventIds: z.array(z.string()) }))
      .mutation(async ({ ctx, input }) => {
        const eventIds = await change(parts, ctx, (tx, stamp) =>
          dismissMany(tx, input.participantIds, { ...stamp, field: (index) => `participantIds.${index}` }),
        );
        return { dismissed: eventIds.length, eventIds };
      }),
  });
