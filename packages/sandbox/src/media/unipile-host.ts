/*
 * Unipile's API in both versions, as far as ingest services ask it: files of chats' messages, mails, and files of mails.
 */
import { bytesOf, type HostAnswer, type Hosted, type HostPart, jsonAnswer } from './host-part.ts';

const paths: readonly RegExp[] = [
  /^\/api\/v1\/messages\/[^/]+\/attachments\/([^/]+)$/,
  /^\/v2\/[^/]+\/chats\/[^/]+\/messages\/[^/]+\/attachments\/([^/]+)$/,
  /^\/api\/v1\/emails\/[^/]+\/attachments\/([^/]+)$/,
  /^\/v2\/[^/]+\/emails\/[^/]+\/attachments\/([^/]+)$/,
  /^\/api\/v1\/emails\/([^/]+)$/,
  /^\/v2\/[^/]+\/emails\/([^/]+)$/,
];

/** Everything under `/api/v1` and `/v2` that is a mail or a file. */
export const unipileHost: HostPart = ({ url, headers, credentials }) => {
  const id = paths.map((path) => path.exec(url.pathname)?.[1]).find((found) => found !== undefined);
  if (id === undefined) return null;
  const apiKey = credentials.unipile?.apiKey;
  return {
    id: decodeURIComponent(id),
    isAuthorized: apiKey !== undefined && headers['x-api-key'] === apiKey,
    refuse: () => unipileError(401, 'errors/missing_credentials', 'Missing credentials'),
    missing: () => unipileError(404, 'errors/resource_not_found', 'Resource not found.'),
    answer: (hosted) => answerOf(hosted, url),
  };
};

/** v1 leaves the header of a mail out unless it is asked for. */
function answerOf(hosted: Hosted, url: URL): HostAnswer {
  if (hosted.kind === 'file') return bytesOf(hosted);
  const { headers, ...standard } = hosted.message as { headers?: unknown };
  const isWhole = url.pathname.startsWith('/v2/') || url.searchParams.get('include_headers') === 'true';
  return jsonAnswer(200, { object: 'Email', ...standard, ...(isWhole ? { headers } : {}) });
}

const unipileError = (status: number, type: string, title: string): HostAnswer =>
  jsonAnswer(status, { title, detail: title, type, status });
