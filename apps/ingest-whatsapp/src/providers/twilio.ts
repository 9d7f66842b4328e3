/*
 * `twilio`: webhooks of Twilio's messaging for WhatsApp, of messages that came in and of what became of those that
 * went out (https://www.twilio.com/docs/messaging/guides/webhook-request).
 *
 * The signature covers the public URL, so the service must know under which name it is reached. Twilio waits fifteen
 * seconds and does not try again by itself.
 */
import { accountSecrets } from '@kith/contracts';
import { defineProvider } from '@kith/ingest/provider';
import { fetchTwilioHistory } from '../twilio/fetch-history.ts';
import { fetchTwilioMedia } from '../twilio/fetch-media.ts';
import { parametersOf } from '../twilio/form.ts';
import { historyContentType, readHistory } from '../twilio/history.ts';
import { verifyTwilio } from '../twilio/verify.ts';
import { readWebhook } from '../twilio/webhook.ts';

/** WhatsApp through Twilio. */
export const twilio = defineProvider({
  name: 'twilio',
  secrets: accountSecrets.twilio,
  accepts: (contentType) =>
    contentType === 'application/x-www-form-urlencoded' || contentType === 'application/json',
  verify: (request, { authToken }) => verifyTwilio(request, authToken),
  read: ({ body, contentType, ...recipient }) =>
    contentType === historyContentType
      ? readHistory(body, recipient)
      : [readWebhook(parametersOf(body, contentType), recipient)],
  fetchMedia: (locator, { authToken }, { egress }) => fetchTwilioMedia(locator, authToken, egress),
  fetchHistory: fetchTwilioHistory,
  readerOfPage: () => ({ provider: 'twilio', contentType: historyContentType }),
});
