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
import { openActivity, readActivityPosition } from '../activity.ts';
import type { ActivityEvent } from '../activity-event.ts';
import { decodeCursor, RecordPosition, TimePosition } from '../cursor.ts';
import { readRecordConversations } from '../reads/record-conversations.ts';
import { ParticipantPosition, readRecordParticipants } from '../reads/record-participants.ts';
import { searchRecords } from '../reads/record-search.ts';
import { readRecordTimeline } from '../reads/record-timeline.ts';
import { readRecord, requireRecord } from '../reads/record.ts';
import { listOf } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { inputs, paging } from './inputs.ts';

const ofRecord = { recordId: inputs.recordId };
const inRecord = z.strictObject({ ...ofRecord, channels: inputs.channels.optional(), ...paging });
const eventId = z
  .string()
  .regex(/^\d{1,15}$/, 'is the id of no event; leave it out to begin now')
  .transform(Number);

/** What is asked of a record. `activityPosition` is where a subscription begins that must not miss a thing. */
export function recordsApi({ db, bus, feed }: Sources) {
  return router({
    get: procedure
      .meta({
        rest: 'GET /records/{recordId}',
        summary: 'A record with its participants and counts',
        errors: ['record_not_found', 'record_merged'],
      })
      .input(z.strictObject(ofRecord))
      .output(RecordShape)
      .query(({ ctx, input }) => readRecord(db, ctx.workspace, input.recordId)),

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

    timeline: procedure
      .meta({
        rest: 'GET /records/{recordId}/timeline',
        summary: 'A record’s messages of all channels, newest first',
        errors: ['record_not_found', 'record_merged'],
      })
      .input(inRecord.extend({ limit: paging.limit.default(50) }))
      .output(listOf(Message))
      .query(async ({ ctx, input }) => {
        const after = decodeCursor(input.cursor, TimePosition);
        const [page] = await Promise.all([
          readRecordTimeline(db, scopeOf(ctx, input), { after, limit: input.limit }),
          requireRecord(db, ctx.workspace, input.recordId),
        ]);
        return page;
      }),

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
        return { lastEventId: await readActivityPosition(bus) };
      }),

    onActivity: procedure
      .meta({
        rest: 'GET /records/{recordId}/activity',
        summary: 'What happens to a record, as a stream of events',
        errors: ['record_not_found', 'record_merged'],
        event: Activity,
      })
      .input(z.strictObject({ ...ofRecord, lastEventId: eventId.optional() }))
      .subscription(async ({ ctx, input, signal }) => {
        await requireRecord(db, ctx.workspace, input.recordId);
        const events = await openActivity(
          { bus, feed },
          {
            workspace: ctx.workspace,
            recordId: input.recordId,
            afterSeq: input.lastEventId,
            signal: signal ?? new AbortController().signal,
          },
        );
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
  events: AsyncIterable<ActivityEvent>,
): AsyncGenerator<TrackedEnvelope<Activity>, void> {
  for await (const { seq, activity } of events) yield tracked(String(seq), activity);
}
