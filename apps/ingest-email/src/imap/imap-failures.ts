/*
 * What became of asking a mail server, when it is not an answer: what nobody can change by asking again is said, and
 * all else is thrown.
 *
 * What is thrown is made anew: the errors of the library hold the command, and that the addresses of people.
 */
import { EgressFailed, EgressRefused } from '@kith/ingest/egress';
import { field, firstText, isSet, numberOf } from '@kith/ingest/loose-json';
import { type HistoryAnswer, TryAgainLater } from '@kith/ingest/provider';

type Failed = Extract<HistoryAnswer, { ended: 'failed' }>;

/** Why the mailbox cannot be asked. Throws what another try may change. */
export function failedAsking(err: unknown): Failed {
  if (err instanceof EgressRefused) return notFound(err.message);
  const code = firstText(err, 'serverResponseCode', 'code')?.replaceAll(/[^\w-]/g, '') ?? 'no code';
  if (isSet(field(err, 'authenticationFailed'))) return refusedLogin(err, code);
  if (code === 'ENOTFOUND') return notFound('there is no mail server of this name');
  if (isSet(field(err, 'tlsFailed')) || certificateCode.test(code)) {
    return notFound(`the connection to the mail server cannot be encrypted and trusted (${code})`);
  }
  if (code === 'ETHROTTLE') {
    const afterMs = numberOf(field(err, 'throttleReset'));
    throw new TryAgainLater('the mail server asks for patience', { afterMs, reason: 'rate_limited' });
  }
  const command = firstText(err, 'responseStatus');
  if (command !== null) throw new Error(`the mail server refuses a command (${command}, ${code})`);
  throw new EgressFailed(`no answer from the mail server (${code})`);
}

/** Node's codes for a certificate that proves nothing. */
const certificateCode = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_)/;
const busyCode = /^(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG|ETHROTTLE)$/;
const busyText = /too many|temporar|try again|unavailable|later/i;

/** Servers refuse a login also when they are busy; the password is not wrong because of that. */
function refusedLogin(err: unknown, code: string): Failed {
  const text = firstText(err, 'responseText', 'response') ?? '';
  if (busyCode.test(code) || busyText.test(text)) {
    throw new TryAgainLater(`the mail server takes no login now (${code})`);
  }
  const detail = `the mail server refuses settings.imap.user with secrets.imapPassword (${code})`;
  return { ended: 'failed', reason: 'credentials_refused', detail };
}

function notFound(detail: string): Failed {
  return { ended: 'failed', reason: 'not_found', detail: `settings.imap: ${detail}` };
}
