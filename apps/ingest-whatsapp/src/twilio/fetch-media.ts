/* Fetches a file of a message from Twilio, which asks for the credentials of the account that received it. */
import type { Egress } from '@kith/ingest/egress';
import { fetchFile } from '@kith/ingest/fetch-file';
import type { MediaLocator, MediaResult } from '@kith/ingest/provider';

/** Fetches the file. A throw means that another try may succeed. */
export async function fetchTwilioMedia(
  { url, accountSid }: MediaLocator,
  authToken: string,
  egress: Egress,
): Promise<MediaResult> {
  if (url === undefined)
    return { ended: 'failed', failure: 'not_found', detail: 'nothing says where the file lies' };
  const credentials = Buffer.from(`${accountSid ?? ''}:${authToken}`).toString('base64');
  return fetchFile(egress, { url, headers: { authorization: `Basic ${credentials}` } });
}
