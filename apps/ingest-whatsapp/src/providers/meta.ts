/*
 * `meta`: webhooks of the WhatsApp Business platform (Cloud API), also of numbers that are used in the WhatsApp
 * Business app besides (https://developers.facebook.com/documentation/business-messaging/whatsapp/webhooks).
 *
 * Meta signs the bytes as it sends them, with `\u` escapes that no JSON writer puts back, so nothing but the raw body
 * is verified. It repeats what is not answered 200 for seven days, and a body may hold events of several numbers.
 */
import { accountSecrets } from '@kith/contracts';
import { parseJson } from '@kith/ingest/loose-json';
import { defineProvider } from '@kith/ingest/provider';
import { hexBytes, hmacOf, sameBytes, sameSecret } from '@kith/ingest/signatures';
import { fetchMetaMedia } from '../meta/fetch-media.ts';
import { readWebhook } from '../meta/webhook.ts';

const signaturePrefix = 'sha256=';
const digestBytes = 32;

/** The WhatsApp Business platform of Meta. */
export const meta = defineProvider({
  name: 'meta',
  secrets: accountSecrets.meta,
  accepts: (contentType) => contentType === 'application/json',
  verify: async ({ headers, body }, { appSecret }) => {
    const header = headers['x-hub-signature-256'] ?? '';
    if (!header.startsWith(signaturePrefix)) return 'invalid';
    const given = hexBytes(header.slice(signaturePrefix.length), digestBytes);
    if (given === null) return 'invalid';
    return sameBytes(given, await hmacOf('sha256', appSecret, [body])) ? 'valid' : 'invalid';
  },
  handshake: (query, { verifyToken }) => {
    if (query.get('hub.mode') !== 'subscribe') return null;
    if (!sameSecret(query.get('hub.verify_token') ?? '', verifyToken)) return null;
    return query.get('hub.challenge');
  },
  read: ({ body, accountId, settings }) => readWebhook(parseJson(body), { accountId, settings }),
  fetchMedia: (locator, secrets, { egress }) => fetchMetaMedia(locator, secrets, egress),
});
