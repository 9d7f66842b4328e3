import { type ErrorCode, RecordId } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { linkByPerson, manualLink, unlinkByPerson } from '../decisions/link-by-person.ts';
import { undoEntries } from '../decisions/undo-many.ts';
import { undoEntry } from '../decisions/undo.ts';
import { type ApiParts, change } from './context.ts';

/** Participants of one call of `linkMany` or `unlinkMany`. */
export const manyMax = 1000;

export const ParticipantId = z.string().min(1).max(100);

const LinkInput = z.strictObject({
  participantId: ParticipantId,
  recordId: RecordId,
  confidence: z.number().min(0).max(1).default(manualLink.confidence),
  method: z.string().min(1).max(100).default(manualLink.method),
});

/** The entry of the history by which to undo; null when nothing changed. */
const EventId = z.string().nullable();

/** What a link can end with. */
export const linkErrors = [
  'participant_not_found',
  'participant_internal',
  'record_not_found',
  'record_deleted',
  'record_merged',
] as const satisfies ErrorCode[];

/** What an undoing can end with. */
const undoErrors = [
  'event_not_found',
  'already_undone',
  'undo_conflict',
  'record_not_found',
  'record_deleted',
  'record_merged',
] as const satisfies ErrorCode[];

/** What a person says of a participant. */
export const participantsRouter = (parts: ApiParts) =>
  router({
    /**
     * Links a participant to a record by a person's word, with confidence 0.9 and method `manual` unless given.
     * `linked` is false when it already was. Fails with `participant_not_found`, `record_not_found`,
     * `record_deleted` or `participant_internal`.
     */
    link: procedure
      .meta({
        rest: 'POST /participants/{participantId}/link',
        summary: 'Links a participant to a record, by a person’s word',
        errors: linkErrors,
      })
      .input(LinkInput)
      .output(z.object({ linked: z.boolean(), eventId: EventId }))
      .mutation(async ({ ctx, input }) => {
        const { count, eventIds } = await change(parts, ctx, (tx, stamp) =>
          linkByPerson(tx, [input], { ...stamp, field: (_, part) => part }),
        );
        return { linked: count > 0, eventId: eventIds[0] ?? null };
      }),

    /** The same for up to 1,000 participants, all or none; `linked` counts those newly linked. */
    linkMany: procedure
      .meta({
        rest: 'POST /participants/link-many',
        summary: 'Links many participants: all or none',
        errors: linkErrors,
      })
      .input(z.strictObject({ links: z.array(LinkInput).max(manyMax) }))
      .output(z.object({ linked: z.int(), eventIds: z.array(z.string()) }))
      .mutation(async ({ ctx, input }) => {
        const { count, eventIds } = await change(parts, ctx, (tx, stamp) =>
          linkByPerson(tx, input.links, { ...stamp, field: (index, part) => `links.${index}.${part}` }),
        );
        return { linked: count, eventIds };
      }),

    /**
     * Takes a participant from its record; no rule links it to that record again. `unlinked` is false when it was
     * not linked. Fails with `participant_not_found`.
     */
    unlink: procedure
      .meta({
        rest: 'POST /participants/{participantId}/unlink',
        summary: 'Takes a link away for good: no rule makes it again',
        errors: ['participant_not_found'],
      })
      .input(z.strictObject({ participantId: ParticipantId }))
      .output(z.object({ unlinked: z.boolean(), eventId: EventId }))
      .mutation(async ({ ctx, input }) => {
        const { count, eventIds } = await change(parts, ctx, (tx, stamp) =>
          unlinkByPerson(tx, [input.participantId], { ...stamp, field: () => 'participantId' }),
        );
        return { unlinked: count > 0, eventId: eventIds[0] ?? null };
      }),

    /** The same for up to 1,000 participants, all or none; `unlinked` counts them. */
    unlinkMany: procedure
      .meta({
        rest: 'POST /participants/unlink-many',
        summary: 'Takes the links of many participants away: all or none',
        errors: ['participant_not_found'],
      })
      .input(z.strictObject({ participantIds: z.array(ParticipantId).max(manyMax) }))
      .output(z.object({ unlinked: z.int(), eventIds: z.array(z.string()) }))
      .mutation(async ({ ctx, input }) => {
        const { count, eventIds } = await change(parts, ctx, (tx, stamp) =>
          unlinkByPerson(tx, input.participantIds, { ...stamp, field: (index) => `participantIds.${index}` }),
        );
        return { unlinked: count, eventIds };
      }),

    /**
     * Undoes an entry of a participant's history, as `participants.explain` lists it, by one more entry. Fails
     * with `event_not_found`, `already_undone` or `undo_conflict`.
     */
    undo: procedure
      .meta({
        rest: 'POST /history/{eventId}/undo',
        summary: 'Takes back an entry of the history',
        errors: undoErrors,
      })
      .input(z.strictObject({ eventId: z.string().min(1).max(100) }))
      .output(z.object({ undone: z.literal(true), eventId: z.string() }))
      .mutation(async ({ ctx, input }) => {
        const { eventId } = await change(parts, ctx, (tx, stamp) => undoEntry(tx, input.eventId, stamp));
        return { undone: true as const, eventId: String(eventId) };
      }),

    /**
     * Undoes up to 1,000 entries, newest first whatever their order, all or none; what followed from one of them goes
     * with it. `undone` counts the undoings. Fails like `undo`.
     */
    undoMany: procedure
      .meta({
        rest: 'POST /history/undo-many',
        summary: 'Takes back many entries of the history: all or none',
        errors: undoErrors,
      })
      .input(z.strictObject({ eventIds: z.array(z.string().min(1).max(100)).max(manyMax) }))
      .output(z.object({ undone: z.int(), eventIds: z.array(z.string()) }))
      .mutation(async ({ ctx, input }) => {
        const eventIds = await change(parts, ctx, (tx, stamp) =>
          undoEntries(tx, input.eventIds, { ...stamp, field: (index) => `eventIds.${index}` }),
        );
        return { undone: eventIds.length, eventIds };
      }),
  });
