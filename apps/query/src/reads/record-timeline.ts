/*
 * The messages of all conversations of a record in one stream, newest or oldest first.
 *
 * `record_message` has a record's messages of each channel in this very order, so a page is at most three short ranges
 * of its key, wherever it lies and however much there is (Invariant 6). Only some participants' messages are in no such
 * order: how those are found is in `participants-timeline.ts`.
 */
import type { Message } from '@kith/contracts';
import type { Rows } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import type { Page } from '../cursor.ts';
import type { ListPart } from './list-part.ts';
import { readMessagePage } from './message-rows.ts';
import { firstOfParticipants } from './participants-timeline.ts';
import { firstOfChannels, type RecordScope } from './record-scope.ts';

/** Which page of a timeline: of all its messages, or of conversations in which some of the participants take part. */
export interface TimelinePage extends ListPart {
  participantIds?: readonly string[] | undefined;
  /** In how many conversations of the record they take part where these are few: 2,000 unless told. */
  fewMax?: number;
  limit: number;
}

/** A page of a record's messages over all channels; one statement, or three where participants are given. */
export async function readRecordTimeline(
  db: Rows,
  scope: RecordScope,
  page: TimelinePage,
): Promise<Page<Message>> {
  const chosen = await choose(db, scope, page);
  if (chosen === null) return { items: [], nextCursor: null };
  return readMessagePage(db, {
    workspace: scope.workspace,
    chosen: sql`select page.at as sent_at, page.id from (${chosen}) page`,
    order: page.order,
    limit: page.limit,
  });
}

async function choose(
  db: Rows,
  scope: RecordScope,
  { participantIds, fewMax, limit, ...part }: TimelinePage,
): Promise<SQL | null> {
  const rowsMax = limit + 1;
  if (participantIds !== undefined) {
    return firstOfParticipants(db, scope, { participantIds, fewMax, part, rowsMax });
  }
  return firstOfChannels(scope, {
    from: sql`record_message`,
    at: sql`sent_at`,
    id: sql`message_id`,
    part,
    rowsMax,
  });
}
