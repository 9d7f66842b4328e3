/* What a participant and a record have in common, as one says it to a colleague. */
import type { Evidence, IdentifierKind, Suggestion, SuggestionReason } from '@kith/client';

const kindWords: Readonly<Record<IdentifierKind, string>> = {
  email: 'The email address',
  phone: 'The phone number',
  whatsapp_bsuid: 'The WhatsApp id',
  whatsapp_lid: 'The WhatsApp id',
  linkedin_member: 'The LinkedIn member',
  linkedin_profile: 'The LinkedIn profile',
  linkedin_public: 'The LinkedIn profile',
  linkedin_sales: 'The LinkedIn profile',
  linkedin_recruiter: 'The LinkedIn profile',
};

/** A sentence around the values that it names, which are shown as such. */
export type Phrase = readonly (string | { value: string })[];

/** `The email address ana@lima.example is in the record’s field “email”` */
export function evidenceInWords({ kind, value, field }: Pick<Evidence, 'kind' | 'value' | 'field'>): Phrase {
  return [`${kindWords[kind]} `, { value }, ` is in the record’s field “${field}”`];
}

const originWords = {
  webhook: 'when a message arrived',
  sync: 'when history was fetched',
  record: 'when the record gained it',
} as const satisfies Record<Evidence['origin'], string>;

/** What made the match. */
export const originInWords = (origin: Evidence['origin']): string => originWords[origin];

const reasonWords = {
  loose_email: 'Almost the same email address',
  phone_variant: 'Almost the same phone number',
  linkedin_variant: 'Probably the same LinkedIn profile',
  name_and_company: 'The same name and company',
  signature_phone: 'A phone number in their signature',
  signature_linkedin: 'A LinkedIn profile in their signature',
  signature_email: 'An email address in their signature',
} as const satisfies Record<SuggestionReason, string>;

/** `Almost the same email address: ana+x@lima.example, and the record has ana@lima.example in its field “email”` */
export function suggestionInWords(reason: Suggestion['evidence'][number]): Phrase {
  const says = reasonWords[reason.reason];
  if (reason.value === reason.recordValue) {
    return [`${says}, `, { value: reason.value }, `, is in the record’s field “${reason.field}”`];
  }
  return [
    `${says}: `,
    { value: reason.value },
    ', and the record has ',
    { value: reason.recordValue },
    ` in its field “${reason.field}”`,
  ];
}

/** From here on a suggestion is more often right than wrong by a good deal. */
const likelyMin = 0.7;

/** How probable a suggestion is, in a word. */
export const likelihood = (score: number): 'Likely' | 'Possible' =>
  score >= likelyMin ? 'Likely' : 'Possible';

/** A phrase as plain text. */
export const phraseText = (phrase: Phrase): string =>
  phrase.map((part) => (typeof part === 'string' ? part : part.value)).join('');
