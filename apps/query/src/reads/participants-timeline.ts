/*
 * The part of a record's timeline that is of conversations in which some participants take part.
 *
 * Where these are few, the first messages of each are gathered. Where they are many, the timeline is walked, and what is
 * of other conversations is passed over: at least one of some tens then is of theirs, or the record is small. So a page
 * costs what two thousand conversations cost, however many messages and participants there are (Invariant 6).
 */
import { type Rows, uuidArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { firstOfAll, inPartOrder, isInPart, type ListColumns, type ListPart } from './list-part.ts';
import { messagesInConversation } from './message-rows.ts';
import type { RecordScope } from './record-scope.ts';
import { rowOf } from './row-of.ts';
import { findShared, type Shared } from './shared-conversations.ts';

/** Whose messages, which of them, and how many at most. */
interface Wanted {
  participantIds: readonly string[];
  /** As many conversations are few. */
  fewMax?: number | undefined;
  part: ListPart;
  rowsMax: number;
}

/** A page of the newest messages of as many conversations is about 20,000 buffers. */
const fewMaxDefault = 2_000;

/** A select of `at` and `id`, in the order of the part; null where there is nothing. */
export async function firstOfParticipants(db: Rows, scope: RecordScope, wanted: Wanted): Promise<SQL | null> {
  const { participantIds, fewMax = fewMaxDefault } = wanted;
  const shared = await findShared(db, scope, { participantIds, fewMax });
  if (shared.length === 0) return null;
  const ranges = shared.map((one) =>
    one.conversationIds === null
      ? walk(scope, one, wanted)
      : gather(scope.workspace, one.conversationIds, wanted),
  );
  return firstOfAll(ranges, wanted.part, wanted.rowsMax);
}

/** The first messages of each conversation, and of these the first. */
function gather(workspace: string, conversationIds: readonly string[], { part, rowsMax }: Wanted): SQL {
  return sql`(
    select found.at, found.id from unnest(${uuidArray(conversationIds)}) shared(id)
    cross join lateral (
      select m.sent_at as at, m.id from message m
      where m.workspace_id = ${workspace} and m.conversation_id = shared.id
        and ${isInPart(part, messagesInConversation)}
      order by ${inPartOrder(part, messagesInConversation)} limit ${rowsMax}) found
    order by ${inPartOrder(part, { at: sql`found.at`, id: sql`found.id` })} limit ${rowsMax})`;
}

const messagesOfRecord: ListColumns = { at: sql`rm.sent_at`, id: sql`rm.message_id` };

/** The record's messages of the channel one by one, until there are enough whose conversation has one of them. */
function walk({ workspace, recordId }: RecordScope, shared: Shared, { part, rowsMax }: Wanted): SQL {
  return sql`(
    select rm.sent_at as at, rm.message_id as id from record_message rm
    cross join lateral ${rowOf(sql`message r where r.workspace_id = ${workspace} and r.id = rm.message_id`)} m
    cross join lateral ${rowOf(sql`conversation_participant r where r.workspace_id = ${workspace}
      and r.conversation_id = m.conversation_id and r.participant_id = any(${uuidArray(shared.participantIds)})`)} cp
    where rm.workspace_id = ${workspace} and rm.record_id = ${recordId} and rm.channel = ${shared.channel}
      and ${isInPart(part, messagesOfRecord)}
    order by ${inPartOrder(part, messagesOfRecord)} limit ${rowsMax})`;
}
