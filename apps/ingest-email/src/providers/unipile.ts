/*
 * `unipile`: mail in mailboxes connected to Unipile, by either version of its API
 * (https://developer.unipile.com/docs/new-emails-webhook, https://developer.unipile.com/v2.0/reference/event-types-1).
 *
 * How it proves itself and what form its events have is the same on every channel and lies in `@kith/unipile`.
 */
import { accountSecrets } from '@kith/contracts';
import { acceptsUnipile, readUnipileEvents, verifyUnipile } from '@kith/unipile';
import { defineEmailProvider } from './email-provider.ts';
import { completeUnipileMail, fetchUnipileFile } from './unipile-email-api.ts';
import { fetchUnipileMailHistory } from './unipile-email-history.ts';
import { readMailEvent } from './unipile-email.ts';

/** Mail of Unipile. */
export const unipile = defineEmailProvider({
  name: 'unipile',
  secrets: accountSecrets.unipile,
  accepts: acceptsUnipile,
  verify: verifyUnipile,
  readForm: (received) =>
    readUnipileEvents(received).map((reading) =>
      reading.ok ? readMailEvent(reading.event) : { form: 'item', item: reading.item },
    ),
  complete: completeUnipileMail,
  fetchMedia: fetchUnipileFile,
  fetchHistory: fetchUnipileMailHistory,
});
