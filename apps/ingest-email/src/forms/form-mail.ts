/*
 * What is the same in every provider's form of a mail: headers that are put together again from several places, and
 * files in parts of their own.
 */
import { decodeWords } from 'postal-mime';
import type { IncludedFile, MailHeader, MailReading } from '../mail/mail-fields.ts';
import { formLimits, type FormPart, type FormRead } from './form.ts';

/** The one item that a body is whose form could not be read. */
export function unreadForm(reason: Extract<FormRead, { ok: false }>['reason']): MailReading {
  const detail = {
    not_a_form: 'the body is no form',
    too_many_parts: `more than ${formLimits.partsMax} parts of a form`,
  };
  const found = reason === 'not_a_form' ? 'not_a_message' : reason;
  return { form: 'item', item: { kind: 'unreadable', reason: found, detail: detail[reason] } };
}

/** The headers, and after them those of `given` of whose name there is none yet. */
export function withMissing(
  headers: readonly MailHeader[],
  given: readonly (readonly [name: string, value: string | null])[],
): MailHeader[] {
  const known = new Set(headers.map(({ name }) => name));
  const missing = given.flatMap(([name, value]) => {
    if (value === null || value.trim() === '' || known.has(name)) return [];
    known.add(name);
    return [{ name, value }];
  });
  return [...headers, ...missing];
}

/**
 * The envelope, in the fields that a mail server writes at the end of the way (RFC 5321 §4.4) and, where a mail names
 * no recipient at all, in To: somebody got it. An empty sender is that of a bounce.
 */
export function withEnvelope(
  headers: readonly MailHeader[],
  { from, to }: { from: string | null; to: readonly string[] },
): MailHeader[] {
  const namesRecipients = headers.some(({ name }) => ['to', 'cc', 'bcc'].includes(name));
  return withMissing(headers, [
    ['return-path', from === null ? null : `<${from.replace(/[<>\s]/g, '')}>`],
    ['to', namesRecipients ? null : to.join(', ')],
  ]);
}

/** The parts that are files: those that have a file's name, and those that are called an attachment. */
export function fileParts(parts: readonly FormPart[]): FormPart[] {
  return parts.filter(({ name, file }) => file !== null || /^attachment-?\d+$/.test(name));
}

/** A part as a file; what is said of it elsewhere in the form counts before what the part itself says. */
export function toFile(
  part: FormPart,
  said: { name?: string | null; type?: string | null; contentId?: string | null },
): IncludedFile {
  const name = said.name ?? part.file?.name ?? null;
  return {
    name: name?.includes('=?') === true ? decodeWords(name) : name,
    type: said.type ?? part.file?.type ?? null,
    contentId: said.contentId ?? null,
    bytes: part.bytes(),
  };
}
