/*
 * The mail that a report is about, by its ids: from the copy that the report carries, or from the header that its
 * text quotes (the bounces of qmail, old Exim and many appliances have no parts).
 *
 * Besides its own id count the ids that the original refers to: the original may have been sent where Kith does not
 * listen, and then they alone lead to the thread. A subject never does.
 */
import { headerValues, type IncludedFile, type MailHeader } from './mail-fields.ts';
import { readHeaderBlock, readHeaderLine } from './header-text.ts';
import { idsIn } from './message-ids.ts';

const readMax = 64 * 1024;
const idsMax = 20;
const embeddedTypes = /^(message\/(rfc822|global|rfc822-headers|global-headers)|text\/rfc822-headers)\b/i;
const statusTypes =
  /^message\/((global-)?disposition-notification|(global-)?delivery-status|feedback-report)\b/i;

/** The ids of the mail that a report is about, its own first; none where the report does not say. */
export function returnedIds(files: readonly IncludedFile[], text: string): string[] {
  const carried = files.flatMap(idsOfPart);
  const ids = carried.length > 0 ? carried : idsOfOriginal(quotedHeader(text));
  return [...new Set(ids)].slice(0, idsMax);
}

/** Whether the mail carries or quotes the header of another one. */
export function returnsMail(files: readonly IncludedFile[], text: string): boolean {
  return files.some(isEmbedded) || quotedHeader(text).length > 0;
}

/** The beginning of a part as text. */
export function textOfPart(file: IncludedFile): string {
  return Buffer.from(file.bytes.subarray(0, readMax)).toString('utf8');
}

function isEmbedded({ type, name }: IncludedFile): boolean {
  return embeddedTypes.test(type ?? '') || /\.eml$/i.test(name ?? '');
}

function idsOfPart(file: IncludedFile): string[] {
  if (isEmbedded(file)) return idsOfOriginal(readHeaderBlock(textOfPart(file)));
  if (!statusTypes.test(file.type ?? '')) return [];
  // RFC 8098 §3.2.5; Gmail names the original of a bounce in a field of its own.
  const fields = readHeaderBlock(textOfPart(file));
  return [...firstId(fields, 'original-message-id'), ...firstId(fields, 'x-original-message-id')];
}

function idsOfOriginal(headers: readonly MailHeader[]): string[] {
  const references = headerValues(headers, 'references').flatMap(idsIn);
  const near = references.length > idsMax ? references.slice(2 - idsMax) : references;
  return [...firstId(headers, 'message-id'), ...firstId(headers, 'in-reply-to'), ...near];
}

function firstId(headers: readonly MailHeader[], name: string): string[] {
  return headerValues(headers, name).flatMap(idsIn).slice(0, 1);
}

const headerOfMails = new Set(
  'from to cc subject date received return-path mime-version content-type reply-to sender'.split(' '),
);

/** The first block of lines that is the header of a mail: its Message-ID, and at least two more fields. */
function quotedHeader(text: string): MailHeader[] {
  let block: string[] = [];
  for (const quoted of [...text.slice(0, readMax).split(/\r?\n/), '']) {
    const line = quoted.replace(/^(?:>[ \t]?)+/, '');
    const isContinued = /^[ \t]+\S/.test(line) && block.length > 0;
    if (isContinued) block[block.length - 1] += ` ${line.trim()}`;
    else if (readHeaderLine(line) !== null) block.push(line);
    else {
      const headers = block.flatMap((field) => readHeaderLine(field) ?? []);
      if (isHeaderOfMail(headers)) return headers;
      block = [];
    }
  }
  return [];
}

function isHeaderOfMail(headers: readonly MailHeader[]): boolean {
  const names = new Set(headers.map(({ name }) => name));
  const usual = [...names].filter((name) => headerOfMails.has(name));
  return usual.length >= 2 && firstId(headers, 'message-id').length > 0;
}
