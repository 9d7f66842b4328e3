/*
 * The form that Inbound Parse posts
 * (https://www.twilio.com/docs/sendgrid/for-developers/parsing-email/setting-up-the-inbound-parse-webhook).
 *
 * With "POST the raw, full MIME message" the mail is in `email`, and the rest is left alone. Otherwise it is taken
 * apart: the header as one text, every body in the charset that it had (`charsets`), every file as a part. The header
 * counts before the fields that SendGrid made of it.
 */
import { field, firstText, listOf, parseJson } from '@kith/ingest/loose-json';
import { contentIdsOf } from '../forms/content-ids.ts';
import { isCommonCharset } from '../forms/decode-text.ts';
import { filledPart, type FormPart } from '../forms/form.ts';
import { fileParts, toFile, unreadForm, withEnvelope, withMissing } from '../forms/form-mail.ts';
import { readForm } from '../forms/read-form.ts';
import { textInCharset } from '../mail/charsets.ts';
import { readHeaderBlock } from '../mail/header-text.ts';
import type { IncludedFile, MailHeader, MailReading } from '../mail/mail-fields.ts';
import { notAMessage } from './readings.ts';

const ownNames = ['headers', 'from', 'to', 'cc', 'subject', 'text', 'html', 'envelope', 'attachments'];
/** The headers that SendGrid also gives decoded. */
const decodedNames = ['from', 'to', 'cc', 'subject'] as const;

/** The mail in a form. */
export async function readSendgridForm(body: Uint8Array, contentType: string | null): Promise<MailReading> {
  const form = await readForm(body, contentType);
  if (!form.ok) return unreadForm(form.reason);
  const raw = filledPart(form.parts, 'email');
  if (raw !== undefined) return { form: 'raw', bytes: raw.bytes() };
  if (!form.parts.some(({ name, file }) => file !== null || ownNames.includes(name))) {
    return notAMessage('the form has no field of Inbound Parse');
  }
  const values = valuesOf(form.parts);
  return {
    form: 'fields',
    fields: {
      headers: headersOf(values),
      text: values.text('text'),
      html: values.text('html'),
      files: filesOf(form.parts, values),
    },
  };
}

interface Values {
  /** A field in the charset that the form says it has, or null. */
  text(name: string): string | null;
  json(name: string): unknown;
}

function valuesOf(parts: readonly FormPart[]): Values {
  const json = (name: string): unknown => {
    const part = filledPart(parts, name);
    return part === undefined ? undefined : parseJson(part.bytes());
  };
  const charsets = json('charsets');
  const text = (name: string): string | null => {
    const part = filledPart(parts, name);
    return part === undefined ? null : textInCharset(part.bytes(), firstText(charsets, name) ?? '', null);
  };
  return { text, json };
}

function headersOf(values: Values): MailHeader[] {
  const written = readHeaderBlock(values.text('headers') ?? '');
  const decoded = decodedNames.map((name) => [name, values.text(name)] as const);
  const readable = written.map((header) => {
    const [, value = null] = decoded.find(([name]) => name === header.name) ?? [];
    return value === null || isReadable(header.value) ? header : { ...header, value };
  });
  const envelope = values.json('envelope');
  const from = field(envelope, 'from');
  return withEnvelope(withMissing(readable, decoded), {
    from: typeof from === 'string' ? from : null,
    to: listOf(field(envelope, 'to')).filter((to) => typeof to === 'string'),
  });
}

/** Encoded words (RFC 2047) in a charset that the mail parser does not know are read by what SendGrid made of them. */
function isReadable(value: string): boolean {
  for (const [, charset = ''] of value.matchAll(/=\?([^?*\s]{1,50})(?:\*[^?\s]{0,50})?\?[bq]\?/gi)) {
    if (!isCommonCharset(charset)) return false;
  }
  return true;
}

function filesOf(parts: readonly FormPart[], values: Values): IncludedFile[] {
  const info = values.json('attachment-info');
  const contentIds = contentIdsOf(values.text('content-ids') ?? '');
  return fileParts(parts).map((part) => {
    const said = field(info, part.name);
    const [fileName, name] = [field(said, 'filename'), field(said, 'name')];
    return toFile(part, {
      name: [fileName, name].find((text) => typeof text === 'string') ?? null,
      type: firstText(said, 'type'),
      contentId: firstText(said, 'content-id') ?? contentIds.get(part.name) ?? null,
    });
  });
}
