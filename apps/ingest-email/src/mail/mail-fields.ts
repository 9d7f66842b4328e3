/*
 * A mail in parts, between whatever form a provider gave it in and what Kith says of it. Every provider's mail goes
 * through this one shape, so that the same mail is the same message whichever way it came.
 */
import type { ParsedItem } from '@kith/ingest/provider';

/** One header field: its name in lower case, its value unfolded and otherwise as it was written. */
export interface MailHeader {
  name: string;
  value: string;
}

/** A file as the mail carries it. */
export interface MailFile {
  name: string | null;
  /** With or without parameters: `text/calendar; method=REQUEST`. */
  type: string | null;
  /** With or without angle brackets. */
  contentId: string | null;
  bytes: Uint8Array;
}

/** A mail in parts, in the order it has them. */
export interface MailFields {
  headers: readonly MailHeader[];
  text: string | null;
  html: string | null;
  files: readonly MailFile[];
}

/** What a provider's body turned out to be: a mail in one of two forms, or an item that is no message. */
export type MailReading =
  | { form: 'raw'; bytes: Uint8Array }
  | { form: 'fields'; fields: MailFields }
  | { form: 'item'; item: Exclude<ParsedItem, { kind: 'message' }> };

/** The values of a header field, in order. */
export function headerValues(headers: readonly MailHeader[], name: string): string[] {
  return headers.filter((header) => header.name === name).map((header) => header.value);
}
