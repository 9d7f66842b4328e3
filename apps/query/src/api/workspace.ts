import { type EventType, eventTypes, WorkspaceEvent } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import { tracked, type TrackedEnvelope } from '@trpc/server';
import * as z from 'zod';
import { decodeCursor } from '../cursor.ts';
import type { FeedEvent } from '../feed-event.ts';
import { verify, WalkPosition } from '../integrity/verify.ts';
import { requireRecord } from '../reads/record.ts';
import { Verification } from '../shapes.ts';
import type { Sources } from '../sources.ts';
import { inputs } from './inputs.ts';

const types = z
  .array(z.enum(eventTypes as [EventType, ...EventType[]]))
  .min(1, 'name at least one type, or leave it out for all')
  .max(eventTypes.length);

/** What is asked of a workspace as a whole. */
export function workspaceApi({ db, live }: Sources) {
  return router({
    /**
     * Checks the invariants of a record, or of the workspace part by part: go on with `nextCursor` until it is
     * null.
     */
    verify: procedure
      .meta({
        rest: 'GET /workspace/verification',
        summary: 'Checks that the invariants hold, a part at a time',
        errors: ['record_not_found', 'record_merged'],
      })
      .input(
        z
          .strictObject({ recordId: inputs.recordId.optional(), cursor: inputs.cursor.optional() })
          .prefault({}),
      )
      .output(Verification)
      .query(async ({ ctx, input: { recordId, cursor } }) => {
        const from = decodeCursor(cursor, WalkPosition);
        if (recordId !== undefined) await requireRecord(db, ctx.workspace, recordId);
        return verify(db, { workspace: ctx.workspace, recordId }, from);
      }),

    /**
     * The `lastEventId` of now: read it, then the state, then subscribe `workspace.onEvent` from it, and nothing
     * is missed.
     */
    eventPosition: procedure
      .meta({
        rest: 'GET /events/position',
        summary: 'Where a stream of events begins that must not miss a thing',
      })
      .input(z.strictObject({}).prefault({}))
      .output(z.object({ lastEventId: z.string() }))
      .query(() => ({ lastEventId: live.position() })),

    /**
     * Every event of the workspace, or of the given types, as it happens: `{ id, data: { type, at, data } }`.
     * Resumes after `lastEventId` without a gap or a double; one that is no longer kept (14 days) fails with
     * `bad_input`.
     */
    onEvent: procedure
      .meta({
        rest: 'GET /events',
        summary: 'Every event of the workspace, or of some types, as a stream',
        event: WorkspaceEvent,
      })
      .input(z.strictObject({ types: types.optional(), lastEventId: inputs.eventId.optional() }).prefault({}))
      .subscription(async ({ ctx, input, signal }) => {
        const events = await live.subscribe({
          filter: { workspace: ctx.workspace, types: input.types && new Set(input.types) },
          afterSeq: input.lastEventId,
          signal: signal ?? new AbortController().signal,
        });
        return trackedEvents(events);
      }),
  });
}

async function* trackedEvents(
  events: AsyncIterable<FeedEvent>,
): AsyncGenerator<TrackedEnvelope<WorkspaceEvent>, void> {
  for await (const event of events) {
    const content = event.content();
    if (content !== undefined) yield tracked(String(event.seq), content);
  }
}
