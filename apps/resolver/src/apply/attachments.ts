import { rowSet, type Tx } from '@kith/database';
import { idOf } from '@kith/service';
import { sql } from 'drizzle-orm';
import type { BatchMessage } from './batch-messages.ts';

/** What the column holds; the size of a file that is not here yet is what somebody claims. */
const integerMax = 2 ** 31 - 1;

/** Inserts what came with the messages: files whose bytes are here, and files that are told of by their media. */
export async function insertAttachments(tx: Tx, messages: readonly BatchMessage[]): Promise<void> {
  const rows = messages.flatMap(({ copy: { messageId, item } }) =>
    item.attachments.map((file, position) => ({
      id: idOf(tx.workspace, 'attachment', messageId, String(position)),
      message_id: messageId,
      position,
      name: file.name,
      type: file.type,
      size: file.blob?.size ?? Math.min(file.media?.size ?? 0, integerMax),
      blob_key: file.blob?.key ?? null,
      media_key: file.blob === null ? (file.media?.key ?? null) : null,
      content_id: file.contentId,
      inline: file.inline,
    })),
  );
  if (rows.length === 0) return;
  await tx.rows(sql`
    insert into attachment (workspace_id, id, message_id, position, name, type, size, blob_key, media_key, content_id,
      inline)
    select ${tx.workspace}, id, message_id, position, name, type, size, blob_key, media_key, content_id, inline
    from ${rowSet(
      rows,
      'id uuid, message_id uuid, position int, name text, type text, size int, blob_key text, media_key text, ' +
        'content_id text, inline boolean',
    )}`);
}
