/*
 * A mail in parts, between whatever form a provider gave it in and what Kith says of it. Every provider's mail goes
 * through this one shape, so that the same mail is the same message whichever way it came.
 */
import type { ParsedItem, RemoteAttachment } from '@kith/ingest/provider';

/** One header field: its name in lower case, its value unfolded and otherwise as it was written. */
export interface MailHeader {
  name: string;
  value: string;
}

/** What a mail says of a file. */
interface NamedFile {
  name: string | null;
  /** With or without parameters: `text/calendar; method=REQUEST`. */
  type: string | null;
  /** With or without angle brackets. */
  contentId: string | null;
}

/** A file as the mail carries it. */
export interface IncludedFile extends NamedFile {
  bytes: Uint8Array;
}

/** A file that its provider names without the bytes, which are fetched later. */
export interface RemoteFile extends NamedFile {
  media: RemoteAttachment['media'];
}

export type MailFile = IncludedFile | RemoteFile;

/** A mail in parts, in the order it has them. */
export interface MailFields {
  headers: readonly MailHeader[];
  text: string | null;
  html: string | null;
  files: readonly MailFile[];
  /** Thread keys of the provider's own, for a mail whose ids are not given: used where it names none itself. */
  threadHints?: readonly string[];
}

/** What a provider's body turned out to be: a mail in one of two forms, or an item that is no message. */
export type MailReading =
  | { form: 'raw'; bytes: Uint8Array }
  | { form: 'fields'; fields: MailFields }
  | { form: 'item'; item: Exclude<ParsedItem, { kind: 'message' }> };

/** A mail without the files that are yet to be fetched: what it says in its parts is read of the others. */
export interface IncludedFields extends MailFields {
  files: readonly IncludedFile[];
}

/** The mail with those files only whose bytes are here. */
export function includedIn(fields: MailFields): IncludedFields {
  return { ...fields, files: fields.files.filter((file) => 'bytes' in file) };
}

/** The values of a header field, in order. */
export function headerValues(headers: readonly MailHeader[], name: string): string[] {
  return headers.filter((header) => header.name === name).map((header) => header.value);
}
