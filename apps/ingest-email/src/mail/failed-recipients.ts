/*
 * Whom a bounce says it could not reach, and whether it is a bounce at all: a report also tells that a mail is late
 * (`Action: delayed`) or has arrived (`delivered`), per recipient (RFC 3464 §2.3).
 */
import { namedIn, toNamed } from './mailboxes.ts';
import { headerValues, type IncludedFields, type IncludedFile } from './mail-fields.ts';
import { keywordOf, readHeaderBlock } from './header-text.ts';
import { textOfPart } from './returned-mail.ts';

const recipientsMax = 100;
const statusType = /^message\/(global-)?delivery-status\b/i;

/** One recipient of a delivery status: what became of the mail, and for whom. */
interface RecipientStatus {
  action: string | null;
  address: string | null;
}

/** Whether the mail has a delivery status part. */
export function hasDeliveryStatus(files: readonly IncludedFile[]): boolean {
  return files.some(({ type }) => statusType.test(type ?? ''));
}

/** Whether every recipient's status says something else than failure. */
export function saysNoneFailed(files: readonly IncludedFile[]): boolean {
  const actions = statusesOf(files).flatMap(({ action }) => action ?? []);
  return actions.length > 0 && !actions.includes('failed');
}

/** The normalised addresses that failed: from the status part, the headers, or the paragraphs of the text. */
export function failedRecipients({ files, headers }: IncludedFields, text: string): string[] {
  const failed = statusesOf(files).filter(({ action }) => action === null || action === 'failed');
  const stated = [
    ...failed.flatMap(({ address }) => address ?? []),
    ...namedIn(headers, 'x-failed-recipients').map(({ key }) => key),
  ];
  const found = stated.length > 0 ? stated : paragraphsFor(text);
  return [...new Set(found)].slice(0, recipientsMax);
}

function statusesOf(files: readonly IncludedFile[]): RecipientStatus[] {
  return files
    .filter(({ type }) => statusType.test(type ?? ''))
    .flatMap((file) => textOfPart(file).split(/\r?\n(?:[ \t]*\r?\n)+/))
    .flatMap((block) => recipientStatus(block) ?? []);
}

function recipientStatus(block: string): RecipientStatus | null {
  const fields = readHeaderBlock(block);
  // The address that was written to says more than the one it was forwarded to.
  const [recipient] = [
    ...headerValues(fields, 'original-recipient'),
    ...headerValues(fields, 'final-recipient'),
  ];
  const [action] = headerValues(fields, 'action').map(keywordOf);
  if (recipient === undefined && action === undefined) return null;
  const address = recipient?.slice(recipient.indexOf(';') + 1);
  return { action: action ?? null, address: toNamed({ name: '', address })?.key ?? null };
}

/** qmail and Postfix begin a paragraph with each address that failed: `<ana@lima.example>:`. */
function paragraphsFor(text: string): string[] {
  return [...text.slice(0, 20_000).matchAll(/^<([^<>\s]+@[^<>\s]+)>:/gm)].flatMap(
    ([, address]) => toNamed({ name: '', address })?.key ?? [],
  );
}
