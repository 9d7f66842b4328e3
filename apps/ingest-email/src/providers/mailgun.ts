/*
 * `mailgun`: routes of Mailgun
 * (https://documentation.mailgun.com/docs/mailgun/user-manual/receive-forward-store/receive-http).
 *
 * `forward()` posts a form with the mail taken apart, or with the raw mail when the URL ends in `mime`; `store()`
 * posts where the mail can be fetched, which takes the account's `apiKey`. Mailgun tries for eight hours, until it is
 * answered 200 or 406.
 */
import { accountSecrets } from '@kith/contracts';
import type { Provider } from '@kith/ingest/provider';
import { mediaTypeOf } from '../forms/read-form.ts';
import { defineEmailProvider } from './email-provider.ts';
import { readMailgunForm } from './mailgun-form.ts';
import { readMailgunJson } from './mailgun-json.ts';
import { fetchStoredFile, fetchStoredMail } from './mailgun-storage.ts';
import { createMailgunVerifier } from './mailgun-verify.ts';

const types = new Set(['multipart/form-data', 'application/x-www-form-urlencoded', 'application/json']);

/** Mail of Mailgun. Each provider has a memory of its own. */
export function createMailgun(): Provider {
  const verify = createMailgunVerifier();
  return defineEmailProvider({
    name: 'mailgun',
    secrets: accountSecrets.mailgun,
    accepts: (contentType) => types.has(contentType ?? ''),
    verify: (request, { signingKey }) => verify(request, signingKey),
    readForm: ({ body, contentType }) =>
      mediaTypeOf(contentType) === 'application/json'
        ? readMailgunJson(body)
        : readMailgunForm(body, contentType),
    complete: (received, { apiKey }, { egress }) => fetchStoredMail(received, { apiKey, egress }),
    fetchMedia: (locator, { apiKey }, { egress }) => fetchStoredFile(locator, { apiKey, egress }),
  });
}

export const mailgun = createMailgun();
