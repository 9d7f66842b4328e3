/*
 * The bytes behind attachments: where they lie. A message that was taken back shows no files, and one that was erased
 * has none.
 */
import { type Rows, uuidArray } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import type { FileOf } from '../files/file-links.ts';
import { isUuid } from '../uuid.ts';
import { shownType } from './message-parts.ts';

/** A file whose bytes are here. */
export interface StoredFile {
  name: string;
  type: string;
  blobKey: string;
}

/** Those of the attachments whose bytes are here, in the order asked for. */
export async function findStoredAttachments(
  db: Rows,
  workspace: string,
  attachmentIds: readonly string[],
): Promise<string[]> {
  const rows = await db.rows<{ id: string }>(sql`
    select a.id ${storedFiles(workspace, attachmentIds.filter(isUuid))}`);
  const found = new Set(rows.map(({ id }) => id));
  return [...new Set(attachmentIds.map((id) => id.toLowerCase()))].filter((id) => found.has(id));
}

/** The file of an attachment, or null where its bytes are not here. */
export async function findFile(db: Rows, { workspace, attachmentId }: FileOf): Promise<StoredFile | null> {
  const [file] = await db.rows<StoredFile>(sql`
    select a.name, ${shownType} as type, coalesce(a.blob_key, md.blob_key) as "blobKey"
    ${storedFiles(workspace, [attachmentId].filter(isUuid))}`);
  return file ?? null;
}

const storedFiles = (workspace: string, ids: readonly string[]): SQL => sql`
  from attachment a
  join message m on m.workspace_id = a.workspace_id and m.id = a.message_id and m.deleted_at is null
  left join media md on md.workspace_id = a.workspace_id and md.channel = m.channel and md.key = a.media_key
  where a.workspace_id = ${workspace} and a.id = any(${uuidArray(ids)})
    and coalesce(a.blob_key, md.blob_key) is not null`;
