/*
 * Fetches a file of a message from Unipile, which asks the network for it while we wait.
 *
 * v1 has no common address, each customer has one (the DSN): without it and the key there is nothing to ask. v2 has
 * one for everybody. What Unipile said is gone at the network is not asked for.
 */
import { fetchFile } from '@kith/ingest/fetch-file';
import type { MediaLocator, MediaResult, ProviderTools } from '@kith/ingest/provider';
import { accessTo } from './access.ts';
import type { UnipileSecrets } from './verify.ts';

/** Fetches what `toRemote` named. */
export async function fetchUnipileMedia(
  locator: MediaLocator,
  secrets: UnipileSecrets,
  { egress }: ProviderTools,
): Promise<MediaResult> {
  const { version, accountId = '', chatId = '', messageId = '', attachmentId = '' } = locator;
  const access = accessTo(version === 'v2' ? 'v2' : 'v1', secrets);
  if (!access.ok) return { ended: 'failed', failure: 'no_credentials', detail: access.detail };
  const file = ['messages', messageId, 'attachments', attachmentId];
  const path = version === 'v2' ? [accountId, 'chats', chatId, ...file] : file;
  const url = attachmentId === '' ? null : access.urlOf(path);
  if (url === null) {
    return { ended: 'failed', failure: 'not_found', detail: 'Unipile says that the file is not to be had' };
  }
  return fetchFile(egress, { url, headers: access.headers });
}
