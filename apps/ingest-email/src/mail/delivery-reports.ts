/*
 * Reports about other mails: bounces, delays, read receipts (RFC 3464, RFC 8098), and the bounces that older servers
 * write without any standard.
 *
 * A report belongs to the thread of the mail it reports on, so that a bounce is seen where the mail is. Whom it
 * failed to reach is named as well, with the role `cc`, unless the bounce names them anyway. With the thread known
 * that is often said twice and harmless; it is needed when the mail was sent by a system that Kith does not see (an
 * invoice, a newsletter), because "my mail to Ana bounced" belongs on Ana's record then too.
 *
 * A bounce is written by a machine, whatever its address. Not so where the address is one that failed, or its own
 * Return-Path: then somebody's mail program refused mail in its owner's name, and the owner is no machine.
 */
import { failedRecipients, hasDeliveryStatus, saysNoneFailed } from './failed-recipients.ts';
import { keywordOf, parameterOf } from './header-text.ts';
import { namedIn } from './mailboxes.ts';
import { headerValues, type IncludedFields, type MailHeader } from './mail-fields.ts';
import { returnedIds, returnsMail } from './returned-mail.ts';

/** A mail about another mail. */
export interface DeliveryReport {
  /** `notice` is any report but of failure: late, delivered, read, a complaint. */
  kind: 'bounce' | 'notice';
  /** The ids of the mail it is about, and of those that mail refers to. */
  originalIds: string[];
  /** The normalised addresses that a bounce says it did not reach. */
  failed: string[];
  /** Whether a normalised address, named as its author, is a machine. */
  isMachine(author: string): boolean;
}

/** The report that the mail is, or null; `text` is its visible text. */
export function deliveryReportOf(fields: IncludedFields, text: string): DeliveryReport | null {
  const kind = kindOf(fields, text);
  if (kind === null) return null;
  const failed = kind === 'bounce' ? failedRecipients(fields, text) : [];
  const returnPath = namedIn(fields.headers, 'return-path')[0]?.key;
  const isOfServer = kind === 'bounce' || hasDeliveryStatus(fields.files);
  return {
    kind,
    originalIds: returnedIds(fields.files, text),
    failed,
    isMachine: (author) =>
      isOfServer && (isDaemon(author) || (author !== returnPath && !failed.includes(author))),
  };
}

function kindOf(fields: IncludedFields, text: string): DeliveryReport['kind'] | null {
  const type = reportType(fields);
  const isBounce = type === 'delivery-status' || (type === null && isPlainBounce(fields, text));
  if (isBounce) return saysNoneFailed(fields.files) ? 'notice' : 'bounce';
  return type === null ? null : 'notice';
}

/** What kind of `multipart/report` the mail is (RFC 6522), or null when it is none. */
function reportType({ headers, files }: IncludedFields): string | null {
  const [contentType = ''] = headerValues(headers, 'content-type');
  if (keywordOf(contentType) !== 'multipart/report') return null;
  const stated = parameterOf(contentType, 'report-type');
  return stated ?? (hasDeliveryStatus(files) ? 'delivery-status' : '');
}

/**
 * A bounce that does not call itself a report comes from a mail server's own address and says whom it failed to
 * reach; or it gives the mail back, and nobody is to answer it.
 */
function isPlainBounce({ headers, files }: IncludedFields, text: string): boolean {
  if (!isFromDaemon(headers)) return false;
  const namesFailure =
    headerValues(headers, 'x-failed-recipients').length > 0 ||
    headerValues(headers, 'x-ms-exchange-message-is-ndr').length > 0 ||
    hasDeliveryStatus(files);
  return namesFailure || (isUnanswerable(headers) && returnsMail(files, text));
}

const daemonLocal = /^(mailer-?daemon|mail-?daemon|mdaemon|postmaster|microsoftexchange[0-9a-f]{16,})@/;
const daemonText = /mailer.?daemon|mail delivery (sub)?system|postmaster/i;

function isDaemon(address: string): boolean {
  return daemonLocal.test(address);
}

function isFromDaemon(headers: readonly MailHeader[]): boolean {
  const from = namedIn(headers, 'from');
  const authors = from.length > 0 ? from : namedIn(headers, 'sender');
  if (authors.length > 0) return authors.some(({ key }) => isDaemon(key));
  const written = headerValues(headers, 'from').join(' ').slice(0, 1_000);
  return daemonText.test(written) || (written.trim() === '' && hasNullReturnPath(headers));
}

/** Of the addresses of a mail server only the postmaster's is read, and written from, by a person. */
function isUnanswerable(headers: readonly MailHeader[]): boolean {
  const isAutomatic = headerValues(headers, 'auto-submitted').some((value) =>
    keywordOf(value).startsWith('auto-'),
  );
  const mayBePerson = headerValues(headers, 'from').some((value) =>
    /postmaster/i.test(value.slice(0, 1_000)),
  );
  return isAutomatic || hasNullReturnPath(headers) || !mayBePerson;
}

/** RFC 5321 §4.5.5; qmail writes `<#@[]>` where a bounce bounced. */
function hasNullReturnPath(headers: readonly MailHeader[]): boolean {
  const [written] = headerValues(headers, 'return-path');
  return (
    written !== undefined &&
    /^\s*(<\s*>|<#@\[\]>|<?mailer-daemon(@[^\s>]*)?>?)?\s*$/i.test(written.slice(0, 300))
  );
}
