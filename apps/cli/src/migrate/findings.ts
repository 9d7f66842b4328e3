/*
 * What is not in order in the old system: each kind with what it means and what becomes of it, how many there are, and
 * the first few by their ids. People are named by ids only.
 */

/** What becomes of it: `merged` and `kept` lose nothing, `review` waits for a person, the others do not come along. */
export type Resolution = 'merged' | 'kept' | 'review' | 'dropped' | 'broken';

interface FindingKind {
  says: string;
  proposal: string;
  resolution: Resolution;
}

/** Every kind, in the order of the report. */
export const findingKinds = {
  message_without_conversation: {
    says: 'messages whose conversation is missing',
    proposal: 'not migrated: nobody can say where they belong',
    resolution: 'broken',
  },
  message_on_unknown_channel: {
    says: 'messages on a channel that channelTypes does not name',
    proposal: 'not migrated: add the type to channelTypes in the mapping',
    resolution: 'broken',
  },
  message_twice: {
    says: 'messages with the external id of another on their channel',
    proposal: 'become one message with it, as far as they are the same',
    resolution: 'merged',
  },
  message_without_sender: {
    says: 'messages whose sender is missing or names nobody',
    proposal: 'migrated without an author',
    resolution: 'kept',
  },
  participant_without_identifier: {
    says: 'participants without any identifier',
    proposal: 'not migrated: nothing says who they are; their messages are',
    resolution: 'dropped',
  },
  identifier_unreadable: {
    says: 'identifiers that cannot be read',
    proposal: 'left out; set defaultCountry for numbers without a prefix, or correct them',
    resolution: 'dropped',
  },
  participant_twice: {
    says: 'participants with the identifier of another, once normalised',
    proposal: 'become one participant with it',
    resolution: 'merged',
  },
  participant_twice_two_records: {
    says: 'participants that are one person and linked to another record there',
    proposal: 'a person’s link stands before a rule’s; of two alike neither is taken, for review',
    resolution: 'review',
  },
  writer_not_own: {
    says: 'senders of outbound messages that are none of your own identities',
    proposal: 'name them in own, in an account or in the team; else they may be linked like a contact',
    resolution: 'review',
  },
  link_of_company: {
    says: 'links of participants that are the company itself, or to a record that is',
    proposal: 'dropped: the company is never linked',
    resolution: 'dropped',
  },
  participant_link_to_missing_record: {
    says: 'participants linked to a record that is missing',
    proposal: 'the link is dropped',
    resolution: 'dropped',
  },
  person_link_without_evidence: {
    says: 'people’s links to a record that does not hold the participant’s identifier',
    proposal: 'kept as a decision (method legacy)',
    resolution: 'kept',
  },
  rule_link_without_evidence: {
    says: 'other links to a record that does not hold the participant’s identifier',
    proposal: 'dropped: add the identifier to the record, or the method to personMethods',
    resolution: 'dropped',
  },
  identifier_without_evidence: {
    says: 'further identifiers of participants linked by a rule, which the record does not hold',
    proposal: 'their conversations on that channel leave the record: add the identifier to it first',
    resolution: 'dropped',
  },
  link_twice: {
    says: 'rows of the link table that repeat another',
    proposal: 'count once',
    resolution: 'merged',
  },
  link_to_missing_record: {
    says: 'rows of the link table whose record is missing',
    proposal: 'dropped',
    resolution: 'dropped',
  },
  link_to_missing_conversation: {
    says: 'rows of the link table whose conversation is missing',
    proposal: 'dropped',
    resolution: 'dropped',
  },
  link_adopted: {
    says: 'conversations linked to a record that none of their participants is linked to, with one unlinked person',
    proposal:
      'become that participant’s link (method legacy), unless Kith or another conversation knows better',
    resolution: 'kept',
  },
  link_contradicted: {
    says: 'conversations linked to another record than their participants',
    proposal: 'the participants’ links hold; the conversation’s is dropped',
    resolution: 'dropped',
  },
  link_undecided: {
    says: 'conversations linked to a record, with nobody, several unlinked people or two records to choose from',
    proposal: 'left for the review list, never guessed',
    resolution: 'review',
  },
  record_not_in_kith: {
    says: 'records that participants are linked to and Kith does not have',
    proposal: 'give --records to create them, or bring them in under the same ids first',
    resolution: 'review',
  },
} as const satisfies Record<string, FindingKind>;
export type FindingCode = keyof typeof findingKinds;

/** How many of a kind, and the first few. */
export interface Finding {
  code: FindingCode;
  count: number;
  examples: string[];
}

/** Collects what is found. */
export interface Findings {
  add(code: FindingCode, example: string, count?: number): void;
  /** Those that occur, in the order of the report. */
  list(): Finding[];
}

const examplesMax = 5;

/** Begins with nothing found. */
export function createFindings(): Findings {
  const found = new Map<FindingCode, Finding>();
  return {
    add: (code, example, count = 1) => {
      const finding = found.get(code) ?? { code, count: 0, examples: [] };
      finding.count += count;
      if (finding.examples.length < examplesMax) finding.examples.push(example);
      found.set(code, finding);
    },
    list: () => (Object.keys(findingKinds) as FindingCode[]).flatMap((code) => found.get(code) ?? []),
  };
}

/** Whether anything of this does not come along, or waits for a person. */
export const needsAttention = (findings: readonly Finding[]): boolean =>
  findings.some(({ code }) => !['merged', 'kept'].includes(findingKinds[code].resolution));
