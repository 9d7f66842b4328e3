/*
 * Twilio's REST API (https://www.twilio.com/docs/usage/api), with the account's own credentials.
 *
 * What stays as it is whoever asks again is an answer with its reason; patience asked for, errors of Twilio's, and an
 * answer that is no JSON object are thrown.
 */
import type { accountSecrets } from '@kith/contracts';
import type { EgressResponse } from '@kith/ingest/egress';
import { throwIfPassing } from '@kith/ingest/fetch-file';
import { field, type Loose, objectOf, parseJson, textOf } from '@kith/ingest/loose-json';
import type { HistoryAnswer, ProviderTools } from '@kith/ingest/provider';

/** What an account of Twilio is given. */
export type TwilioSecrets = ReturnType<typeof accountSecrets.twilio.parse>;

/** Why there is no answer. */
export type TwilioRefusal = Exclude<HistoryAnswer, { ended: 'page' }>;
export type TwilioAnswer = { ended: 'answered'; object: Loose } | TwilioRefusal;

/** Asks for a path, which begins with the version of the API and may hold a query. */
export interface TwilioApi {
  baseUrl: string;
  accountSid: string;
  get(path: string): Promise<TwilioAnswer>;
}

const usualUrl = 'https://api.twilio.com';
const answerBytesMax = 32_000_000;
const timeoutMs = 60_000;

/** The API of an account; null where it is not known which. */
export function createTwilioApi(
  secrets: TwilioSecrets,
  settings: Readonly<Record<string, unknown>>,
  { egress }: ProviderTools,
): TwilioApi | null {
  const accountSid = secrets.accountSid ?? textOf(settings['accountSid']);
  if (accountSid === null) return null;
  const baseUrl = (secrets.baseUrl ?? usualUrl).replace(/\/+$/, '');
  const authorization = `Basic ${Buffer.from(`${accountSid}:${secrets.authToken}`).toString('base64')}`;
  return {
    baseUrl,
    accountSid,
    get: async (path) => {
      const request = {
        url: `${baseUrl}${path}`,
        headers: { authorization },
        bytesMax: answerBytesMax,
        timeoutMs,
      };
      const { status, headers, body } = await egress.get(request);
      const object = objectOf(parseJson(body));
      if (status === 200 && object !== null) return { ended: 'answered', object };
      if (status === 200) throw new Error('Twilio’s answer breaks off, or is no JSON object');
      return refusalOf({ status, headers }, { path, object });
    },
  };
}

function refusalOf(
  { status, headers }: Pick<EgressResponse, 'status' | 'headers'>,
  { path, object }: { path: string; object: Loose | null },
): TwilioRefusal {
  const code = textOf(field(object, 'code'));
  const detail = `Twilio answered ${status}${code === null ? '' : ` (error ${code.slice(0, 20)})`}`;
  throwIfPassing({ status, headers }, detail);
  if (status === 401 || status === 403) return { ended: 'failed', reason: 'credentials_refused', detail };
  if (path.includes('PageToken=') && [400, 404, 410].includes(status)) return { ended: 'cursor_expired' };
  if (status === 404 || status === 410) return { ended: 'failed', reason: 'not_found', detail };
  throw new Error(detail);
}
