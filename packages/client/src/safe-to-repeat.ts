/*
 * Which calls may be made a second time when nobody knows what became of the first.
 *
 * A read always. A write that says how things shall be, because saying it twice leaves them the same; only the counts of
 * its answer are then what the second time changed. Of the others, a second time would do more than the first (a second
 * key, a second sync), or its answer would withhold what the first time did (the `eventId` by which to undo): they are
 * repeated only where the service refused them before it began. A 503 of a procedure is no such refusal: the connection
 * to the database may have been lost after the commit.
 */
import type { Operation } from '@trpc/client';
import type { Failure } from './retry-link.ts';

const idempotentWrites: ReadonlySet<string> = new Set([
  'pipelines.upsert',
  'records.upsert',
  'records.upsertMany',
  'records.delete',
  'accounts.upsert',
  'team.upsert',
  'workspace.clear',
  'workspace.rebuild',
  'people.erase',
]);

/** Whether a call may be repeated after a failure of this kind. */
export const isSafeToRepeat = (op: Operation, failure: Failure): boolean =>
  op.type === 'query' || idempotentWrites.has(op.path) || failure.isNotBegun;
