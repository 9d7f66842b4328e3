import { Channel, Explanation, Participant, ParticipantStatus } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { decodeCursor, RankPosition } from '../cursor.ts';
import { readExplanation } from '../reads/explanation.ts';
import { searchParticipants } from '../reads/participant-search.ts';
import { readParticipant } from '../reads/participant.ts';
import { listOf, ParticipantDetail } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { inputs, paging } from './inputs.ts';

const search = z.strictObject({
  query: inputs.query.default(''),
  status: ParticipantStatus.optional(),
  channel: Channel.optional(),
  ...paging,
});

/** What is asked of participants. An id that was merged into another answers for what it became. */
export function participantsApi({ db }: Sources) {
  return router({
    /**
     * A participant with its identifiers. An id that was merged into another answers for what it became. Fails
     * with `participant_not_found`.
     */
    get: procedure
      .meta({
        rest: 'GET /participants/{participantId}',
        summary: 'A participant with everything it is known by',
        errors: ['participant_not_found'],
      })
      .input(z.strictObject({ participantId: inputs.id }))
      .output(ParticipantDetail)
      .query(({ ctx, input }) => readParticipant(db, ctx.workspace, input.participantId)),

    /**
     * Why a participant is linked, or is not: evidence, candidates and the whole history, which
     * `participants.undo` takes entries of. Fails with `participant_not_found`.
     */
    explain: procedure
      .meta({
        rest: 'GET /participants/{participantId}/explanation',
        summary: 'Why a participant is linked, or is not',
        errors: ['participant_not_found'],
      })
      .input(z.strictObject({ participantId: inputs.id }))
      .output(Explanation)
      .query(({ ctx, input }) => readExplanation(db, ctx.workspace, input.participantId)),

    /** Participants by name or identifier, of one status or channel. A page of `{ items, nextCursor }`. */
    search: procedure
      .meta({ rest: 'POST /participants/search', summary: 'Finds participants' })
      .input(search.prefault({}))
      .output(listOf(Participant))
      .query(({ ctx, input }) =>
        searchParticipants(db, ctx.workspace, {
          filter: { query: input.query, status: input.status, channel: input.channel },
          after: decodeCursor(input.cursor, RankPosition),
          limit: input.limit,
        }),
      ),
  });
}
