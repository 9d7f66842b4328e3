/*
 * Fetches a file of a message from Unipile, which asks the network for it while we wait.
 *
 * v1 has no common address, each customer has one (the DSN): without it and the key there is nothing to ask. v2 has
 * one for everybody. What Unipile said is gone at the network is not asked for.
 */
import { fetchFile } from '@kith/ingest/fetch-file';
import type { MediaLocator, MediaResult, ProviderTools } from '@kith/ingest/provider';
import type { UnipileSecrets } from './verify.ts';

const v2BaseUrl = 'https://api.unipile.com';

/** Fetches what `toRemote` named. */
export async function fetchUnipileMedia(
  locator: MediaLocator,
  secrets: UnipileSecrets,
  { egress }: ProviderTools,
): Promise<MediaResult> {
  const { apiKey } = secrets;
  const baseUrl = secrets.baseUrl ?? (locator['version'] === 'v2' ? v2BaseUrl : null);
  if (apiKey === undefined || baseUrl === null) {
    const detail = apiKey === undefined ? 'the account has no apiKey' : 'the account has no baseUrl';
    return { ended: 'failed', failure: 'no_credentials', detail };
  }
  const path = pathOf(locator);
  if (path === null) {
    return { ended: 'failed', failure: 'not_found', detail: 'Unipile says that the file is not to be had' };
  }
  return fetchFile(egress, {
    url: `${baseUrl.replace(/\/+$/, '')}${path}`,
    headers: { 'x-api-key': apiKey },
  });
}

/** Null where something is missing, or would lead out of its place in the path. */
function pathOf(locator: MediaLocator): string | null {
  const { version = '', accountId = '', chatId = '', messageId = '', attachmentId = '' } = locator;
  const file = ['messages', messageId, 'attachments', attachmentId];
  const steps = version === 'v1' ? ['api', 'v1', ...file] : ['v2', accountId, 'chats', chatId, ...file];
  if (steps.some((step) => /^\.{0,2}$/.test(step))) return null;
  return steps.map((step) => `/${encodeURIComponent(step)}`).join('');
}
