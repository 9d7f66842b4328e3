/*
 * The past of an account whose mailbox can be asked by IMAP, whichever provider posts its new mail.
 *
 * The mailbox is only read: nothing is marked as seen, moved or deleted. A page holds each mail as it lies there.
 */
import { ImapSettings } from '@kith/contracts';
import type { HistoryAnswer, HistoryQuestion, ProviderTools } from '@kith/ingest/provider';
import { failedAsking } from './imap-failures.ts';
import { withSession } from './imap-session.ts';
import { readPage } from './mailbox-page.ts';
import { readPlace } from './mailbox-place.ts';
import { addressesOf } from './search-mails.ts';

/** The next page of the mailbox behind `settings.imap`. Throws what another try may change. */
export async function fetchMailboxHistory(
  question: HistoryQuestion,
  password: string | undefined,
  { egress }: ProviderTools,
): Promise<HistoryAnswer> {
  const { imap } = question.settings;
  if (imap === undefined) return failed('no_history_api', 'the account has no settings.imap');
  const settings = ImapSettings.safeParse(imap);
  if (!settings.success) return failed('not_found', 'settings.imap does not say where a mailbox is');
  if (password === undefined) return failed('no_credentials', 'the account has no secrets.imapPassword');
  if (question.identifiers !== null && addressesOf(question).length === 0) {
    return failed('no_identifiers', 'a mailbox knows people by their email addresses, and there is none');
  }
  const place = question.cursor === null ? null : readPlace(question.cursor);
  if (question.cursor !== null && place === null) return { ended: 'cursor_expired' };
  try {
    return await withSession({ settings: settings.data, password }, egress, async (session) => {
      if (session.folders.length === 0) return failed('not_found', 'the mailbox has no folder to read');
      return readPage(session, question, place);
    });
  } catch (err) {
    return failedAsking(err);
  }
}

function failed(
  reason: Extract<HistoryAnswer, { ended: 'failed' }>['reason'],
  detail: string,
): HistoryAnswer {
  return { ended: 'failed', reason, detail };
}
