/*
 * Nylas v3 (https://developer.nylas.com/docs/api/v3/ecc/): messages with their header where it is asked for, and files.
 */
import { bytesOf, type HostAnswer, type Hosted, type HostPart, jsonAnswer } from './host-part.ts';

const requestId = '5fa64c92-e840-4357-86b9-2aa364d35b88';

/** `GET /v3/grants/{grant}/messages/{id}` and `GET /v3/grants/{grant}/attachments/{id}/download?message_id=`. */
export const nylasHost: HostPart = ({ url, headers, credentials }) => {
  const [, kind, id, step] =
    /^\/v3\/grants\/[^/]+\/(messages|attachments)\/([^/]+)(\/download)?$/.exec(url.pathname) ?? [];
  if (id === undefined || (kind === 'messages') === (step === '/download')) return null;
  if (kind === 'attachments' && !url.searchParams.has('message_id')) return null;
  const apiKey = credentials.nylas?.apiKey;
  return {
    id: decodeURIComponent(id),
    isAuthorized: apiKey !== undefined && headers.authorization === `Bearer ${apiKey}`,
    refuse: () => nylasError(401, 'unauthorized', 'Unauthorized'),
    missing: () => nylasError(404, 'not_found_error', 'requested object not found'),
    answer: kind === 'attachments' ? bytesOf : (hosted) => messageOf(hosted, url.searchParams.get('fields')),
  };
};

function messageOf(hosted: Hosted, fields: string | null): HostAnswer {
  if (hosted.kind === 'file') return bytesOf(hosted);
  const { headers, ...standard } = hosted.message as { headers?: unknown };
  const isAsked = fields === 'include_headers' || fields === 'include_basic_headers';
  return jsonAnswer(200, { request_id: requestId, data: isAsked ? { ...standard, headers } : standard });
}

const nylasError = (status: number, type: string, message: string): HostAnswer =>
  jsonAnswer(status, { request_id: requestId, error: { type, message } });
