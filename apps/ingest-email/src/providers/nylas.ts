/*
 * `nylas`: new mail in the mailboxes of a Nylas v3 application
 * (https://developer.nylas.com/docs/v3/notifications/).
 *
 * The signature is over the bytes as they were sent, zipped or not. An endpoint that answers too many events with
 * anything but 200 is marked as failing and stopped after three days, so that no event is refused for what it is. One
 * account may stand for a whole application: whose grant an event is of is not looked at.
 */
import { accountSecrets } from '@kith/contracts';
import { parseJson } from '@kith/ingest/loose-json';
import { hexBytes, hmacOf, sameBytes } from '@kith/ingest/signatures';
import { defineEmailProvider } from './email-provider.ts';
import { completeNylas, fetchNylasFile } from './nylas-api.ts';
import { fetchNylasHistory } from './nylas-history.ts';
import { readNylas } from './nylas-mail.ts';

const digestBytes = 32;
/** What is sent back is what a stranger may have sent: short, and nothing that is not text. */
const challengeForm = /^[\x20-\x7e]{1,1000}$/;

/** Mail of Nylas v3. */
export const nylas = defineEmailProvider({
  name: 'nylas',
  secrets: accountSecrets.nylas,
  accepts: (contentType) =>
    contentType === 'application/json' || contentType === 'application/cloudevents+json',
  verify: async ({ headers, body }, { webhookSecret }) => {
    const given = hexBytes(headers['x-nylas-signature'] ?? '', digestBytes);
    if (given === null) return 'invalid';
    return sameBytes(given, await hmacOf('sha256', webhookSecret, [body])) ? 'valid' : 'invalid';
  },
  handshake: (query) => {
    const challenge = query.get('challenge') ?? '';
    return challengeForm.test(challenge) ? challenge : null;
  },
  readForm: ({ body }) => readNylas(parseJson(body)),
  complete: (received, access, tools) => completeNylas(received, access, tools),
  fetchMedia: (locator, access, tools) => fetchNylasFile(locator, access, tools),
  fetchHistory: (question, access, tools) => fetchNylasHistory(question, access, tools),
});
