/*
 * Nylas v3's lists (https://developer.nylas.com/docs/api/v3/ecc/): `GET /v3/grants`, and
 * `GET /v3/grants/{grant}/messages` with `any_email`, `received_after`, `received_before` in seconds, and `page_token`.
 */
import type { Mail } from '../mail/mail.ts';
import { type HostAnswer, jsonAnswer } from '../media/host-part.ts';
import { createNylasSender } from '../senders/nylas.ts';
import type { ApiPart, ApiRequest } from './api-part.ts';
import { isWith, newestFirst } from './mails.ts';
import { pageOf } from './pages.ts';

/** A mailbox that is connected to Nylas. */
export interface NylasApiGrant {
  grantId: string;
  email?: string;
  /** `invalid` where its owner has to connect it again. */
  status?: 'valid' | 'invalid';
}

/** A grant and its mails. */
export interface NylasTold {
  grant: NylasApiGrant;
  mails: readonly Mail[];
}

const requestId = '5fa64c92-e840-4357-86b9-2aa364d35b88';
const usualLimit = 50;
const limitMax = 200;

/** The lists of these grants. */
export function createNylasApi(grants: ReadonlyMap<string, NylasTold>): ApiPart {
  return (request) => {
    const { pathname } = request.url;
    const [, grantId] = /^\/v3\/grants\/([^/]+)\/messages$/.exec(pathname) ?? [];
    if (grantId === undefined && pathname !== '/v3/grants') return null;
    const apiKey = request.credentials.nylas?.apiKey;
    if (apiKey === undefined || request.headers.authorization !== `Bearer ${apiKey}`) {
      return nylasError(401, 'unauthorized', 'Unauthorized');
    }
    if (grantId === undefined) return grantList(request, grants);
    const told = grants.get(decodeURIComponent(grantId));
    if (told === undefined) return nylasError(404, 'grant.not_found', 'No Grant found');
    if (told.grant.status === 'invalid') return nylasError(401, 'grant.invalid', 'Grant is expired');
    return messageList(request, told);
  };
}

function grantList({ url }: ApiRequest, grants: ReadonlyMap<string, NylasTold>): HostAnswer {
  const offset = Number(url.searchParams.get('offset') ?? 0);
  const limit = Number(url.searchParams.get('limit') ?? 10);
  const all = [...grants.values()].map(({ grant }) => ({
    id: grant.grantId,
    grant_status: grant.status ?? 'valid',
    provider: 'google',
    email: grant.email ?? null,
  }));
  const data = all.slice(offset, offset + limit);
  return jsonAnswer(200, { request_id: requestId, data, limit, offset });
}

function messageList({ url, trick }: ApiRequest, { grant, mails }: NylasTold): HostAnswer {
  const { searchParams: query } = url;
  const limit = Number(query.get('limit') ?? usualLimit);
  if (!Number.isInteger(limit) || limit < 1 || limit > limitMax) {
    return nylasError(400, 'invalid_request_error', `limit must be between 1 and ${limitMax}`);
  }
  const anybody = query.get('any_email');
  const after = Number(query.get('received_after') ?? -Infinity);
  const before = Number(query.get('received_before') ?? Infinity);
  const found = newestFirst(mails).filter((mail) => {
    const seconds = Math.floor(Date.parse(mail.date) / 1000);
    return seconds > after && seconds < before && isWith(mail, anybody);
  });
  const list = JSON.stringify([url.pathname, anybody, after, before]);
  const page = pageOf(found, { list, limit, trick, cursor: query.get('page_token') });
  if (page === null) return nylasError(400, 'invalid_request_error', 'Invalid page_token');
  const sender = createNylasSender({ webhookSecret: 'unused', grantId: grant.grantId });
  const isWhole = /^include_(?:basic_)?headers$/.test(query.get('fields') ?? '');
  const data = page.items.map((mail) => {
    const { headers, ...standard } = sender.apiMessage(mail) as { headers?: unknown };
    return isWhole ? { ...standard, headers } : standard;
  });
  const next = page.next === null ? {} : { next_cursor: page.next };
  return jsonAnswer(200, { request_id: requestId, data, ...next });
}

const nylasError = (status: number, type: string, message: string): HostAnswer =>
  jsonAnswer(status, { request_id: requestId, error: { type, message } });
