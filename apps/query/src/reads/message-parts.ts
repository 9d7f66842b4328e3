/*
 * What a message shows of itself, as SQL over `message m`: its newest text, its files and the reactions to it. Of one
 * that was taken back nothing is shown.
 */
import { type SQL, sql } from 'drizzle-orm';

/** The newest text. */
export const shownText: SQL = sql`
  case when m.deleted_at is null then coalesce(m.edited_text, m.text) else '' end`;

/** What its author wrote now; an edit is all of it. */
export const shownNewText: SQL = sql`
  case when m.deleted_at is null then coalesce(m.edited_text, m.new_text, m.text) else '' end`;

/** The type of `attachment a`; one that says nothing gives way to what `media md` was fetched with. */
export const shownType: SQL = sql`
  case when a.type in ('', 'application/octet-stream') then coalesce(md.type, a.type) else a.type end`;

/**
 * The files, with what became of those that are fetched after their message.
 */
export const shownAttachments: SQL = sql`coalesce((
  select json_agg(json_build_object('id', a.id, 'name', a.name,
    'type', ${shownType},
    'size', coalesce(md.size, a.size), 'inline', a.inline, 'contentId', a.content_id, 'failure', md.failure,
    'state', case when coalesce(a.blob_key, md.blob_key) is not null then 'stored'
      when md.failure is null and a.media_key is not null then 'pending' else 'unavailable' end)
    order by a.position)
  from attachment a
  left join media md on md.workspace_id = a.workspace_id and md.channel = m.channel and md.key = a.media_key
  where a.workspace_id = m.workspace_id and a.message_id = m.id and m.deleted_at is null), '[]')`;

/**
 * The newest reaction of each participant, also where several of its identifiers reacted, first who reacted first.
 * "C" compares by bytes, as the resolver does.
 */
export const shownReactions: SQL = sql`coalesce((
  select json_agg(json_build_object('emoji', newest.emoji, 'at', newest.at, 'participantId', newest.participant_id,
    'displayName', newest.display_name, 'identifier', newest.value) order by newest.at, newest.participant_id)
  from (
    select distinct on (i.participant_id) i.participant_id, i.value, r.emoji, r.at,
      coalesce(i.display_name, p.display_name) as display_name
    from message_reaction r
    join participant_identifier i on i.workspace_id = r.workspace_id and i.id = r.identifier_id
    join participant p on p.workspace_id = i.workspace_id and p.id = i.participant_id
    where r.workspace_id = m.workspace_id and r.message_id = m.id and m.deleted_at is null
    order by i.participant_id, r.at desc, r.emoji collate "C" desc nulls last, i.value collate "C") newest
  where newest.emoji is not null), '[]')`;
