import { AccountId, Channel, KithError, RecordId } from '@kith/contracts';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { type ClearRequest, clearWorkspace, previewClear } from '../clear/clear-workspace.ts';
import type { Scope } from '../clear/scope.ts';
import { rebuild, RebuildPosition } from '../rebuild/rebuild.ts';
import type { ApiParts } from './context.ts';

/** How long one call works before it answers that there is more. */
const workMs = 5_000;

const ClearInput = z
  .strictObject({
    confirm: z.literal(true),
    dryRun: z.boolean().optional(),
    channel: Channel.optional(),
    accountId: AccountId.optional(),
    recordId: RecordId.optional(),
    records: z.boolean().optional(),
    accounts: z.boolean().optional(),
    decisions: z.boolean().optional(),
  })
  .refine(({ channel, accountId, recordId }) => count([channel, accountId, recordId]) <= 1, {
    message: 'give one of channel, accountId and recordId, or none of them for everything',
    path: ['channel'],
  });
type ClearInput = z.infer<typeof ClearInput>;

/** What concerns a workspace as a whole. */
export const workspaceRouter = (parts: ApiParts) =>
  router({
    /** Answers what went by table; unless it is `done`, call it again. */
    clear: procedure
      .meta({
        rest: 'POST /workspace/clear',
        summary: 'Deletes what was received, a part at a time',
        errors: ['record_not_found'],
      })
      .input(ClearInput)
      .output(z.object({ cleared: z.record(z.string(), z.int()), done: z.boolean() }))
      .mutation(({ ctx, input }) => {
        const request = { workspace: ctx.workspace, ...requestOf(input) };
        if (input.dryRun === true) return previewClear(parts.db, request);
        const onChunk = () => parts.relay.wake();
        return clearWorkspace(parts.db, request, { now: () => parts.now(), workMs, onChunk });
      }),

    /**
     * Makes again what lists and search are read from: of one record its lists, without `recordId` everything. Unless
     * `nextCursor` is null, call it again with that. Fails with `record_not_found`.
     */
    rebuild: procedure
      .meta({
        rest: 'POST /workspace/rebuild',
        summary: 'Makes lists and search again from what they follow from, a part at a time',
        errors: ['record_not_found'],
      })
      .input(
        z
          .strictObject({ recordId: RecordId.optional(), cursor: z.string().max(1000).optional() })
          .prefault({}),
      )
      .output(z.object({ rows: z.int(), nextCursor: z.string().nullable() }))
      .mutation(async ({ ctx, input: { recordId, cursor } }) => {
        const request = { workspace: ctx.workspace, recordId, from: positionIn(cursor) };
        const { rows, next } = await rebuild(parts.db, request, { workMs });
        return { rows, nextCursor: next === null ? null : JSON.stringify(next) };
      }),
  });

function requestOf(input: ClearInput): ClearRequest {
  const scope = scopeOf(input);
  const besides = {
    records: input.records === true,
    accounts: input.accounts === true,
    decisions: input.decisions === true,
  };
  const asked = (['records', 'accounts', 'decisions'] as const).find((what) => besides[what]);
  if (scope.kind !== 'everything' && asked !== undefined) {
    const message = `${asked} can only be cleared with everything: leave out channel, accountId and recordId`;
    throw new KithError('bad_input', message, { field: asked });
  }
  return { scope, ...besides };
}

function scopeOf({ channel, accountId, recordId }: ClearInput): Scope {
  if (channel !== undefined) return { kind: 'channel', channel };
  if (accountId !== undefined) return { kind: 'account', accountId };
  if (recordId !== undefined) return { kind: 'record', recordId };
  return { kind: 'everything' };
}

function positionIn(cursor: string | undefined): RebuildPosition | undefined {
  if (cursor === undefined) return undefined;
  try {
    return RebuildPosition.parse(JSON.parse(cursor));
  } catch {
    throw new KithError('bad_input', 'cursor: is no nextCursor of a rebuild; begin without one', {
      field: 'cursor',
    });
  }
}

const count = (values: readonly unknown[]): number => values.filter((value) => value !== undefined).length;
