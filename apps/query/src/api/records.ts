import {
  Activity,
  Conversation,
  Message,
  Participant,
  Record as RecordShape,
  RecordSummary,
} from '@kith/contracts';
import { procedure, router } from '@kith/service';
import { tracked, type TrackedEnvelope } from '@trpc/server';
import * as z from 'zod';
import { decodeCursor, RecordPosition, TimePosition } from '../cursor.ts';
import type { FeedEvent } from '../feed-event.ts';
import { readRecordConversations } from '../reads/record-conversations.ts';
import { ParticipantPosition, readRecordParticipants } from '../reads/record-participants.ts';
import { searchRecords } from '../reads/record-search.ts';
import { readRecordTimeline } from '../reads/record-timeline.ts';
import { readRecord, requireRecord } from '../reads/record.ts';
import { listOf } from '../shapes.ts';
import { shareAnswers } from '../share-answers.ts';
import type { Sources } from '../sources.ts';
import { inputs, pageIn, paging, window } from './inputs.ts';

const ofRecord = { recordId: inputs.recordId };
const inRecord = z.strictObject({ ...ofRecord, channels: inputs.channels.optional(), ...paging });

/** What is asked of a record. `activityPosition` is where a subscription begins that must not miss a thing. */
export function recordsApi({ db, live }: Sources) {
  const requireSubscribed = shareAnswers((workspace: string, recordId: string) =>
    requireRecord(db, workspace, recordId),
  );
  return router({
    /**
     * A record with its identifiers, participants, conversations by channel, and what of its past was fetched.
     * Fails with `record_not_found`, or `record_merged` for one that was merged into another.
     */
    get: procedure
      .meta({
        rest: 'GET /records/{recordId}',
        summary: 'A record with its participants and counts',
        errors: ['record_not_found', 'record_merged'],
      })
      .input(z.strictObject(ofRecord))
      .output(RecordShape)
      .query(({ ctx, input }) => readRecord(db, ctx.workspace, input.recordId)),

    /**
     * Records by words of their title or by an identifier; without a query all of them, newest activity first. A
     * page of `{ items, nextCursor }`.
     */
    search: procedure
      .meta({
        rest: 'POST /records/search',
        summary: 'Finds records; without a query all, newest activity first',
      })
      .input(z.strictObject({ query: inputs.query.default(''), ...paging }).prefault({}))
      .output(listOf(RecordSummary))
      .query(({ ctx, input }) =>
        searchRecords(db, ctx.workspace, { ...input, after: decodeCursor(input.cursor, RecordPosition) }),
      ),

    /**
     * A record's conversations of the given channels, newest activity first, with participants and a preview. A
     * page of `{ items, nextCursor }`. Fails like `records.get`.
     */
    conversations: procedure
      .meta({
        rest: 'GET /records/{recordId}/conversations',
        summary: 'A record’s conversations, newest activity first',
        errors: ['record_not_found', 'record_merged'],
      })
      .input(inRecord)
      .output(listOf(Conversation))
      .query(async ({ ctx, input }) => {
        const after = decodeCursor(input.cursor, TimePosition);
        const [page] = await Promise.all([
          readRecordConversations(db, scopeOf(ctx, input), { after, limit: input.limit }),
          requireRecord(db, ctx.workspace, input.recordId),
        ]);
        return page;
      }),

    /**
     * A record's messages of all channels in one stream, newest first or as `order` says; before or after a time, and of
     * conversations in which some of the given participants take part, where given. A page of `{ items, nextCursor }`, 50
     * unless `limit` says otherwise (at most 100). Fails like `records.get`.
     */
    timeline: procedure
      .meta({
        rest: 'GET /records/{recordId}/timeline',
        summary: 'A record’s messages of all channels, newest first',
        errors: ['record_not_found', 'record_merged'],
      })
      .input(
        inRecord.extend({
          participantIds: z.array(inputs.id).min(1).max(20).optional(),
          ...window,
          limit: paging.limit.default(50),
        }),
      )
      .output(listOf(Message))
      .query(async ({ ctx, input }) => {
        const asked = { ...pageIn(input), participantIds: input.participantIds };
        const [page] = await Promise.all([
          readRecordTimeline(db, scopeOf(ctx, input), asked),
          requireRecord(db, ctx.workspace, input.recordId),
        ]);
        return page;
      }),

    /**
     * Who is linked to a record, by channel and identifier. A page of `{ items, nextCursor }`, 100 unless `limit` says
     * otherwise. Fails like `records.get`.
     */
    participants: procedure
      .meta({
        rest: 'GET /records/{recordId}/participants',
        summary: 'Who is linked to a record, by channel and identifier',
        errors: ['record_not_found', 'record_merged'],
      })
      .input(z.strictObject({ ...ofRecord, ...paging, limit: paging.limit.default(100) }))
      .output(listOf(Participant))
      .query(async ({ ctx, input }) => {
        const record = { workspace: ctx.workspace, recordId: input.recordId };
        const after = decodeCursor(input.cursor, ParticipantPosition);
        const [page] = await Promise.all([
          readRecordParticipants(db, record, { after, limit: input.limit }),
          requireRecord(db, ctx.workspace, input.recordId),
        ]);
        return page;
      }),

    /**
     * The `lastEventId` of now: read it, then the record, then subscribe `records.onActivity` from it, and nothing
     * is missed.
     */
    activityPosition: procedure
      .meta({
        rest: 'GET /records/{recordId}/activity/position',
        summary: 'Where a stream of activity begins that must not miss a thing',
        errors: ['record_not_found', 'record_merged'],
      })
      .input(z.strictObject(ofRecord))
      .output(z.object({ lastEventId: z.string() }))
      .query(async ({ ctx, input }) => {
        await requireRecord(db, ctx.workspace, input.recordId);
        return { lastEventId: live.position() };
      }),

    /**
     * What happens to a record, as it happens: `{ id, data }`, where `data` names the reason and the ids to read.
     * Resumes after `lastEventId` without a gap or a double; one that is no longer kept (14 days) fails with
     * `bad_input`.
     */
    onActivity: procedure
      .meta({
        rest: 'GET /records/{recordId}/activity',
        summary: 'What happens to a record, as a stream of events',
        errors: ['record_not_found', 'record_merged'],
        event: Activity,
      })
      .input(z.strictObject({ ...ofRecord, lastEventId: inputs.eventId.optional() }))
      .subscription(async ({ ctx, input, signal }) => {
        await requireSubscribed(ctx.workspace, input.recordId);
        const events = await live.subscribe({
          filter: { workspace: ctx.workspace, recordId: input.recordId },
          afterSeq: input.lastEventId,
          signal: signal ?? new AbortController().signal,
        });
        return trackedActivity(events);
      }),
  });
}

type Scope = Parameters<typeof readRecordConversations>[1];

function scopeOf(
  ctx: { workspace: string },
  input: Omit<Scope, 'workspace' | 'channels'> & { channels?: Scope['channels'] },
): Scope {
  return { workspace: ctx.workspace, recordId: input.recordId, channels: input.channels };
}

async function* trackedActivity(
  events: AsyncIterable<FeedEvent>,
): AsyncGenerator<TrackedEnvelope<Activity>, void> {
  for await (const event of events) {
    const activity = event.activity();
    if (activity !== undefined) yield tracked(String(event.seq), activity);
  }
}
