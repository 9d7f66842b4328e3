/*
 * What becomes of every table in a clear of everything: it goes, goes when it is asked for, follows another one, or stays.
 * A test walks the schema, so that whoever adds a table decides.
 */
import type { Counts } from './removal.ts';

/** Tables that a clear empties, in the order in which they are told. */
export const clearedTables = [
  'conversation',
  'message',
  'participant',
  'participant_identifier',
  'participant_clue',
  'participant_relation',
  'conversation_participant',
  'message_participant',
  'message_sighting',
  'message_status',
  'message_change',
  'message_reaction',
  'attachment',
  'media',
  'conversation_key',
  'conversation_alias',
  'link_event',
  'dead_letter',
  'sync',
  'sync_part',
] as const;

/** Tables that go only when they are asked for. */
export const tablesAskedFor = {
  decisions: ['participant_decision', 'participant_separation'],
  records: ['record', 'record_identifier', 'record_hint', 'pipeline'],
  accounts: ['account', 'account_identifier'],
} as const;

/** Tables that repeat what others hold, each with what it follows: triggers of the database see to it. */
export const followingTables = {
  record_conversation: 'participant',
  record_message: 'participant',
  record_channel: 'participant',
  message_day: 'message',
  message_search: 'message',
  record_search: 'record',
  participant_search: 'participant',
} as const;

/** Tables that stay, each with the reason. */
export const keptTables = {
  workspace: 'is what is cleared',
  api_key: 'is how one gets in, also after it',
  team_identity: 'was told by people and says who is internal',
  delivery: 'says that a redelivered message of the stream was taken in, and holds no content',
  accounting_count: 'says what became of everything accepted, and holds no content',
  outbox: 'holds facts that are still to be told, by ids',
  blob_garbage: 'says which blobs are still to be removed',
  search_todo: 'says what an update has still to write, and holds no content',
  erased_identifier: 'keeps those away who were erased',
} as const;

/** The counts of every table that a request is about, in a stable order. */
export function inOrder(
  counts: Counts,
  asked: Partial<Record<keyof typeof tablesAskedFor, boolean>>,
): Record<string, number> {
  const besides = (['decisions', 'records', 'accounts'] as const).filter((what) => asked[what] === true);
  const tables = [...clearedTables, ...besides.flatMap((what) => tablesAskedFor[what])];
  return Object.fromEntries(tables.map((table) => [table, counts.get(table) ?? 0]));
}
