/*
 * The forms that routes of Mailgun post: a raw mail in `body-mime`, or a mail taken apart, all of it in UTF-8.
 *
 * Of the header there is all in `message-headers`, and each field once more by its own name; what the first has counts.
 * `stripped-*` is Mailgun's guess at what is new in a mail and is left alone. Mailgun writes a `body-plain` also for a
 * mail that has HTML only; where the mail's own type says so, it is left alone too, so that the text is the same as of
 * the raw mail.
 */
import { createHash } from 'node:crypto';
import { field, firstText, listOf, numberOf, parseJson } from '@kith/ingest/loose-json';
import { contentIdsOf } from '../forms/content-ids.ts';
import { decodeText } from '../forms/decode-text.ts';
import { filledPart, type FormPart } from '../forms/form.ts';
import { fileParts, toFile, unreadForm, withEnvelope, withMissing } from '../forms/form-mail.ts';
import { readForm } from '../forms/read-form.ts';
import { keywordOf } from '../mail/header-text.ts';
import { headerValues, type MailHeader, type MailReading, type RemoteFile } from '../mail/mail-fields.ts';
import { ignoredEvent } from './mailgun-json.ts';
import { notAMessage, notIncluded } from './readings.ts';

const bodyNames = ['body-plain', 'body-html'];
const ownNames = new Set([...bodyNames, 'message-headers', 'from', 'subject', 'sender', 'recipient']);

/** The mail in a form, or what the form is instead. */
export async function readMailgunForm(body: Uint8Array, contentType: string | null): Promise<MailReading> {
  const form = await readForm(body, contentType);
  if (!form.ok) return unreadForm(form.reason);
  const { parts } = form;
  const raw = filledPart(parts, 'body-mime');
  if (raw !== undefined) return { form: 'raw', bytes: raw.bytes() };
  const has = (name: string): boolean => parts.some((part) => part.name === name);
  if (!bodyNames.some(has)) {
    if (has('message-url'))
      return notIncluded('the mail is stored at Mailgun and was not fetched: see apiKey');
    if (has('event')) return ignoredEvent(textOf(parts, 'event'));
  }
  if (!parts.some(({ name, file }) => file !== null || ownNames.has(name))) {
    return notAMessage('the form has no field of a route of Mailgun');
  }
  return { form: 'fields', fields: fieldsOf(parts) };
}

function fieldsOf(parts: readonly FormPart[]) {
  const headers = headersOf(parts);
  const [type = ''] = headerValues(headers, 'content-type');
  const html = textOf(parts, 'body-html');
  const isHtmlOnly = html !== null && keywordOf(type) === 'text/html';
  return {
    headers,
    text: isHtmlOnly ? null : textOf(parts, 'body-plain'),
    html,
    files: [...includedFiles(parts), ...storedFiles(parts)],
  };
}

/** All values of this name, because a mail may have several bodies of a kind; null when there is none. */
function textOf(parts: readonly FormPart[], name: string): string | null {
  const values = parts.filter((part) => part.name === name).map((part) => decodeText(part.bytes()));
  return values.length === 0 ? null : values.join('\n');
}

/** Fields of the mail's header are written as in the mail, except two; Mailgun's own are in lower case. */
const headerName = /^(?:[A-Z][\w-]*|from|subject)$/;

function headersOf(parts: readonly FormPart[]): MailHeader[] {
  const written = filledPart(parts, 'message-headers');
  const pairs = written === undefined ? [] : listOf(parseJson(written.bytes()));
  const headers = pairs.flatMap((pair): MailHeader[] => {
    const [name, value] = listOf(pair);
    if (typeof name !== 'string' || typeof value !== 'string' || name.trim() === '') return [];
    return [{ name: name.trim().toLowerCase(), value: value.replace(/[\r\n]+/g, ' ').trim() }];
  });
  const single = parts
    .filter(({ name, file }) => file === null && headerName.test(name))
    .map((part) => [part.name.toLowerCase(), decodeText(part.bytes()).trim()] as const);
  const recipient = textOf(parts, 'recipient');
  return withEnvelope(withMissing(headers, single), {
    from: textOf(parts, 'sender'),
    to: recipient === null ? [] : [recipient],
  });
}

function includedFiles(parts: readonly FormPart[]) {
  const contentIds = contentIdsOf(textOf(parts, 'content-id-map') ?? '');
  return fileParts(parts).map((part) => toFile(part, { contentId: contentIds.get(part.name) ?? null }));
}

/** The files of a stored mail: each is at a URL of its own, for three days. */
function storedFiles(parts: readonly FormPart[]): RemoteFile[] {
  const listed = filledPart(parts, 'attachments');
  const files = listed === undefined ? [] : listOf(parseJson(listed.bytes()));
  return files.flatMap((file) => {
    const url = firstText(file, 'url');
    if (url === null) return [];
    const size = numberOf(field(file, 'size'));
    return {
      name: firstText(file, 'name', 'filename'),
      type: firstText(file, 'content-type'),
      contentId: firstText(file, 'content-id'),
      media: {
        key: `mailgun:${createHash('sha256').update(url).digest('base64url')}`,
        size: size !== null && Number.isSafeInteger(size) && size >= 0 ? size : null,
        locator: { url },
      },
    };
  });
}
