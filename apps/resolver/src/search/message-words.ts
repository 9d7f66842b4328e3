/*
 * Keeps what full-text search looks in, in step with messages: whatever changes a message's subject, text, people, time
 * or its being there calls `refreshMessageSearch` in the same transaction. It reads the messages and writes their words,
 * so that nobody has to know which words those are. Rows of removed messages go by a trigger.
 */
import { rowSet, type Tx, uuidArray } from '@kith/database';
import { messageVector } from '@kith/search';
import { sql } from 'drizzle-orm';

interface SearchedMessage {
  id: string;
  channel: string;
  sentAt: string;
  subject: string | null;
  body: string;
  people: string[] | null;
}

/** Of a mail to ten thousand people so many are found by their names, its author first. */
const peopleMax = 100;
/** How many messages' texts are held at once. */
const sliceMax = 500;

/** Writes the words of the messages that are there, and removes those of messages that were taken back. */
export async function refreshMessageSearch(tx: Tx, messageIds: readonly string[]): Promise<void> {
  const ids = [...new Set(messageIds)];
  for (let from = 0; from < ids.length; from += sliceMax) {
    await refreshSlice(tx, ids.slice(from, from + sliceMax));
  }
}

async function refreshSlice(tx: Tx, ids: readonly string[]): Promise<void> {
  const messages = await readMessages(tx, ids);
  const rows = messages.map(({ id, channel, sentAt, subject, body, people }) => ({
    id,
    channel,
    sent_at: sentAt,
    words: messageVector(
      { workspace: tx.workspace, channel, sentAt },
      { subject, body, people: people ?? [] },
    ),
  }));
  await writeWords(tx, rows);
  if (rows.length < ids.length) await removeOthers(tx, ids);
}

/** What its author wrote last; all of it only where nothing but what is quoted is left. */
const body = sql`coalesce(m.edited_text, nullif(m.new_text, ''), m.text)`;

function readMessages(tx: Tx, ids: readonly string[]): Promise<SearchedMessage[]> {
  return tx.rows<SearchedMessage>(sql`
    select m.id, m.channel, m.sent_at as "sentAt", m.subject, ${body} as body,
      (select array_agg(named.name) from (
        select concat_ws(' ', mp.display_name, i.value) as name from message_participant mp
        join participant_identifier i on i.workspace_id = mp.workspace_id and i.id = mp.identifier_id
        where mp.workspace_id = m.workspace_id and mp.message_id = m.id
        order by mp.role <> 'from', i.value limit ${peopleMax}) named) as people
    from message m
    where m.workspace_id = ${tx.workspace} and m.id = any(${uuidArray(ids)}) and m.deleted_at is null`);
}

async function writeWords(tx: Tx, rows: readonly { id: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.rows(sql`
    insert into message_search (workspace_id, message_id, channel, sent_at, words)
    select ${tx.workspace}, id, channel, sent_at, words::tsvector
    from ${rowSet(rows, 'id uuid, channel text, sent_at timestamptz, words text')}
    on conflict (workspace_id, message_id) do update
      set channel = excluded.channel, sent_at = excluded.sent_at, words = excluded.words
      where (message_search.sent_at, message_search.words) is distinct from (excluded.sent_at, excluded.words)`);
}

async function removeOthers(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.rows(sql`
    delete from message_search s
    where s.workspace_id = ${tx.workspace} and s.message_id = any(${uuidArray(ids)}) and not exists (
      select 1 from message m
      where m.workspace_id = s.workspace_id and m.id = s.message_id and m.deleted_at is null)`);
}
