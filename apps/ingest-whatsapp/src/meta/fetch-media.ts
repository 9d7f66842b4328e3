/*
 * Fetches a file that a webhook named: asks the Graph API where it lies, then fetches it from there. Both take the
 * account's access token.
 *
 * The token goes to the API, to where the API points, and to hosts of Meta; never to a link that somebody else wrote.
 */
import { type Egress } from '@kith/ingest/egress';
import { fetchFile, getFrom, mediaBytesMax } from '@kith/ingest/fetch-file';
import { field, numberOf, parseJson, textOf } from '@kith/ingest/loose-json';
import type { MediaLocator, MediaResult } from '@kith/ingest/provider';

/** What of an account's secrets fetching takes. */
export interface GraphAccess {
  accessToken?: string | undefined;
  baseUrl?: string | undefined;
}

const graphUrl = 'https://graph.facebook.com';
const graphVersion = 'v23.0';
const answerBytesMax = 1_000_000;
const answerTimeoutMs = 30_000;
/** The media hosts answer 4xx to a request without one. */
const userAgent = { 'user-agent': 'kith' };

/** Fetches the file. A throw means that another try may succeed. */
export async function fetchMetaMedia(
  locator: MediaLocator,
  access: GraphAccess,
  egress: Egress,
): Promise<MediaResult> {
  const { mediaId, url, link } = locator;
  if (link !== undefined) return fetchFile(egress, { url: link, headers: userAgent });
  const { accessToken } = access;
  if (accessToken === undefined) {
    return { ended: 'failed', failure: 'no_credentials', detail: 'the account has no accessToken' };
  }
  const headers = { ...userAgent, authorization: `Bearer ${accessToken}` };
  const found = mediaId === undefined ? null : await fetchById(mediaId, { access, headers, egress });
  if (found?.ended === 'fetched') return found;
  const written = url === undefined ? null : { url, headers: isOfMeta(url, access) ? headers : userAgent };
  if (written !== null) return fetchFile(egress, written);
  return found ?? { ended: 'failed', failure: 'not_found', detail: 'nothing says where the file lies' };
}

interface Fetching {
  access: GraphAccess;
  headers: Readonly<Record<string, string>>;
  egress: Egress;
}

async function fetchById(mediaId: string, { access, headers, egress }: Fetching): Promise<MediaResult> {
  const base = (access.baseUrl ?? graphUrl).replace(/\/+$/, '');
  const answer = await getFrom(egress, {
    url: `${base}/${graphVersion}/${encodeURIComponent(mediaId)}`,
    headers,
    bytesMax: answerBytesMax,
    timeoutMs: answerTimeoutMs,
  });
  if ('ended' in answer) return answer;
  const described = parseJson(answer.body);
  const url = textOf(field(described, 'url'));
  if (url === null) return { ended: 'failed', failure: 'not_found', detail: 'the provider names no URL' };
  if ((numberOf(field(described, 'file_size')) ?? 0) > mediaBytesMax) {
    return { ended: 'failed', failure: 'too_large', detail: 'the provider says that it is too large' };
  }
  const file = await fetchFile(egress, { url, headers });
  if (file.ended === 'failed') return file;
  return { ...file, type: file.type ?? textOf(field(described, 'mime_type')) };
}

function isOfMeta(url: string, { baseUrl }: GraphAccess): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, origin } = new URL(url);
  if (baseUrl !== undefined && new URL(baseUrl).origin === origin) return true;
  return (
    protocol === 'https:' && /(?:^|\.)(?:facebook\.com|fbsbx\.com|fbcdn\.net|whatsapp\.net)$/.test(hostname)
  );
}
