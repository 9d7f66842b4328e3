/*
 * A message as it came. Its HTML lies in the blob store, also a megabyte of it, and is read no further than it is told.
 * A message shows no HTML once it was taken back or edited: what was written before is not what it says now.
 */
import { BlobMissing, type BlobStore } from '@kith/blobs';
import { KithError, ParticipantRole } from '@kith/contracts';
import { type Rows, textArray } from '@kith/database';
import type { Logger } from '@kith/service';
import { sql } from 'drizzle-orm';
import type * as z from 'zod';
import { readText } from '../files/read-text.ts';
import type { MessageContent } from '../shapes.ts';
import { isUuid } from '../uuid.ts';

type Content = z.infer<typeof MessageContent>;

/** What contents are read from. */
export interface ContentSources {
  db: Rows;
  blobs: Pick<BlobStore, 'open'>;
  log: Pick<Logger, 'warn'>;
}

const htmlBytesMax = 2 * 1024 * 1024;

/** The HTML of a message and whom it names. Throws `message_not_found`. */
export async function readMessageContent(
  sources: ContentSources,
  workspace: string,
  messageId: string,
): Promise<Content> {
  const { htmlBlob, people } = await findContent(sources.db, workspace, messageId);
  const html = htmlBlob === null ? null : await readHtml(sources, messageId, htmlBlob);
  return { messageId, html: html?.text ?? null, htmlCut: html?.isCut ?? false, people };
}

interface ContentRow {
  htmlBlob: string | null;
  people: Content['people'];
}

async function findContent(db: Rows, workspace: string, messageId: string): Promise<ContentRow> {
  const [row] = isUuid(messageId)
    ? await db.rows<ContentRow>(sql`
        select case when m.deleted_at is null and m.edited_text is null then m.html_blob end as "htmlBlob",
          coalesce((
            select json_agg(json_build_object('role', mp.role, 'participantId', i.participant_id,
              'identifier', i.value, 'displayName', coalesce(mp.display_name, i.display_name, p.display_name))
              order by array_position(${textArray(ParticipantRole.options)}, mp.role), i.value)
            from message_participant mp
            join participant_identifier i on i.workspace_id = mp.workspace_id and i.id = mp.identifier_id
            join participant p on p.workspace_id = i.workspace_id and p.id = i.participant_id
            where mp.workspace_id = m.workspace_id and mp.message_id = m.id), '[]') as people
        from message m
        where m.workspace_id = ${workspace} and m.id = ${messageId}::uuid`)
    : [];
  if (row === undefined) {
    throw new KithError('message_not_found', 'no message with this id', { field: 'messageId' });
  }
  return row;
}

/** Null where the bytes are gone, which a message outlives: its text is in Postgres. */
async function readHtml({ blobs, log }: ContentSources, messageId: string, key: string) {
  try {
    return await readText(await blobs.open(key), htmlBytesMax);
  } catch (err) {
    if (err instanceof BlobMissing) {
      log.warn({ messageId }, 'the HTML of a message is not in the blob store');
      return null;
    }
    throw new KithError('unavailable', 'the blob store cannot be read at the moment', { cause: err });
  }
}
