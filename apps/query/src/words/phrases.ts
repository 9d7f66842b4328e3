/*
 * The words for what an explanation speaks of: kinds, reasons, days, numbers, records. Plain tables and pure
 * functions; dates and numbers do not depend on the locale or the time zone of the machine.
 */
import type { Identifier, IdentifierKind, LinkReason } from '@kith/contracts';

/** What a salesperson calls an identifier of each kind. */
export const kindInWords: Readonly<Record<IdentifierKind, string>> = {
  email: 'email address',
  phone: 'phone number',
  whatsapp_bsuid: 'WhatsApp user id',
  whatsapp_lid: 'WhatsApp id',
  linkedin_member: 'LinkedIn member',
  linkedin_profile: 'LinkedIn profile id',
  linkedin_public: 'LinkedIn profile',
  linkedin_sales: 'LinkedIn Sales Navigator id',
  linkedin_recruiter: 'LinkedIn Recruiter id',
};

/** What a rule found, by its method. A method that a caller made up is not among them. */
export const methodInWords: Readonly<Record<string, string>> = {
  email_webhook: "its email address is the record's",
  phone_webhook: "its phone number is the record's",
  linkedin_webhook: "its LinkedIn profile is the record's",
  linkedin_email_webhook: "the email address of its LinkedIn profile is the record's",
  sync_identifier_match: 'fetched history names an identifier of the record',
  record_identifier_match: 'the record gained an identifier that it has',
};

/** The kinds that a method speaks of; a method that is absent may speak of any. */
export const methodKinds: Readonly<Record<string, readonly IdentifierKind[]>> = {
  email_webhook: ['email'],
  phone_webhook: ['phone', 'whatsapp_bsuid', 'whatsapp_lid'],
  linkedin_webhook: [
    'linkedin_member',
    'linkedin_public',
    'linkedin_profile',
    'linkedin_sales',
    'linkedin_recruiter',
  ],
  linkedin_email_webhook: ['email'],
};

/** When a change happened: what brought it about. A person needs no occasion. */
export const reasonInWords: Readonly<Record<LinkReason, string>> = {
  webhook: 'when a message arrived',
  sync: 'when history was fetched',
  record_changed: 'when a record changed',
  record_deleted: 'when a record was deleted',
  records_merged: 'when records were merged',
  records_unmerged: 'when a merge of records was undone',
  participants_merged: 'when participants turned out to be one',
  participants_split: 'when participants were separated',
  person_erased: 'when a person was erased',
  account_changed: "when the company's accounts or team changed",
  person: '',
  undo: 'by undoing an earlier change',
};

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The day of an instant in UTC: `1 March 2026`. */
export function dayInWords(at: string): string {
  const date = new Date(at);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

const numbers = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];

/** A count as a word up to twelve, then in digits. */
export const countInWords = (count: number): string => numbers[count] ?? String(count);

/** The beginning of a sentence in upper case. */
export const sentence = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** `a`, `a and b`, `a, b and c`, `a, b, c and 2 more`: three are named, and `total` says how many there are. */
export function listInWords(
  items: readonly string[],
  options: { joint?: 'and' | 'or'; total?: number } = {},
): string {
  const { joint = 'and', total = items.length } = options;
  const shown = items.slice(0, 3);
  const named = total > shown.length ? [...shown, `${total - shown.length} more`] : shown;
  if (named.length < 2) return named.join('');
  return `${named.slice(0, -1).join(', ')} ${joint} ${named.at(-1)}`;
}

/** A record by its title and its id; the id alone where there is no title. */
export function recordInWords(recordId: string, title: string | null | undefined): string {
  return title === null || title === undefined || title.trim() === '' ? recordId : `${title} (${recordId})`;
}

/** `the email address ana@lima.example`. */
export const identifierInWords = ({ kind, value }: Identifier): string => `the ${kindInWords[kind]} ${value}`;

/** A confidence as people write it: `0.95`, `0.9`. */
export const confidenceInWords = (confidence: number): string => String(Math.round(confidence * 100) / 100);

/** The API key by which somebody called, at the end of a clause: its name says which application that was. */
export const throughKey = (keyName: string | null): string =>
  keyName === null ? '' : `, through "${keyName}"`;
