/*
 * Meta's Graph API for files (https://developers.facebook.com/docs/whatsapp/cloud-api/reference/media): first where a
 * file lies, then the file. Both take the access token.
 */
import { createHash } from 'node:crypto';
import { bytesOf, type HostAnswer, type HostPart, type HostRequest, jsonAnswer } from './host-part.ts';

/** `GET /v23.0/{mediaId}` and the address that it answers. */
export const metaHost: HostPart = (request) => {
  const { url, headers, credentials } = request;
  const token = credentials.meta?.accessToken;
  const common = {
    isAuthorized: token !== undefined && headers.authorization === `Bearer ${token}`,
    refuse: () => graphError(401, { message: 'Authentication Error', type: 'OAuthException', code: 190 }),
    missing: () => graphError(400, unsupportedGet),
  };
  const [, asked] = /^\/v\d+\.\d+\/(\d+)$/.exec(url.pathname) ?? [];
  if (asked !== undefined) {
    return { ...common, id: asked, answer: (hosted) => described(request, asked, hosted) };
  }
  const id = url.searchParams.get('mid');
  if (url.pathname !== filePath || id === null) return null;
  return { ...common, id, answer: bytesOf };
};

const filePath = '/whatsapp_business/attachments/';

function described({ url }: HostRequest, id: string, hosted: Parameters<typeof bytesOf>[0]): HostAnswer {
  if (hosted.kind === 'message') return graphError(400, unsupportedGet);
  const { type, content } = hosted;
  const sha256 = createHash('sha256').update(content).digest('hex');
  const query = new URLSearchParams({ mid: id, ext: '1795900000', hash: `ATt${sha256.slice(0, 32)}` });
  return jsonAnswer(200, {
    url: `${url.origin}${filePath}?${query.toString()}`,
    mime_type: type,
    sha256,
    file_size: content.length,
    id,
    messaging_product: 'whatsapp',
  });
}

/** Meta says 400, not 404, of what it does not have. */
const unsupportedGet = {
  message:
    'Unsupported get request. Object with the given ID does not exist, cannot be loaded due to missing permissions, or does not support this operation',
  type: 'GraphMethodException',
  code: 100,
  error_subcode: 33,
};

const graphError = (status: number, error: object): HostAnswer =>
  jsonAnswer(status, { error: { ...error, fbtrace_id: 'AKithSandbox' } });
