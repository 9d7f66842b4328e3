/*
 * Which of the old links become people's decisions in Kith, and which do not come along. Pure.
 *
 * The participant's own link is the truth. One that a person made becomes a decision; one that a rule made follows by
 * itself where the record holds the identifier, and goes where it does not. A conversation's link that no participant
 * shares becomes the link of the one unlinked person in it; where there is none or several, it is for a person to say.
 * Two old participants with one identifier are one; where people linked them to two records, nobody is guessed.
 */
import type { Channel, Identifier } from '@kith/contracts';
import type { FindingCode, Findings } from './findings.ts';
import {
  channels,
  identifierOn,
  identitiesOf,
  identityKey,
  isOwn,
  keyOf,
  keysInField,
  type OwnIdentities,
} from './identify.ts';
import type { Mapping } from './mapping.ts';
import type { OldParticipant } from './old-rows.ts';

/** A participant, with the record that it is linked to: null where there is none of that id. */
export interface LinkedParticipant {
  participant: OldParticipant;
  record: { id: string; data: unknown } | null;
}

/** A row of the link table, with what it leads to. */
export interface ConversationLink {
  id: string;
  recordId: string;
  conversationId: string;
  record: { data: unknown } | null;
  hasConversation: boolean;
  members: readonly LinkedParticipant[];
}

/** A link that is made in Kith by a person's word. */
export interface LegacyLink {
  channel: Channel;
  identifier: Identifier;
  recordId: string;
  /** Whose word it was: a participant's own link, or a conversation's that no participant had. */
  from: 'participant' | 'conversation';
}

/** Why an old participant's link is kept, or not. */
export interface LinkCounts {
  decided: number;
  byRule: number;
  adopted: number;
  dropped: number;
}

/** What the plan goes by. */
export interface PlanRules {
  mapping: Mapping;
  own: OwnIdentities;
  /** Participants who wrote outbound messages. */
  writers: ReadonlySet<string>;
}

/** The plan, built from one old row after another, participants first. What is not in order is told to `findings`. */
export class LinkPlan {
  readonly counts: LinkCounts = { decided: 0, byRule: 0, adopted: 0, dropped: 0 };
  /** Every record that is to be in Kith. */
  readonly recordIds = new Set<string>();
  readonly #rules: PlanRules;
  readonly #findings: Findings;
  readonly #country: string | null;
  /** The first participant of each identity. */
  readonly #firstOf = new Map<string, string>();
  readonly #wanted = new Map<string, LegacyLink | 'undecided'>();

  constructor(rules: PlanRules, findings: Findings) {
    this.#rules = rules;
    this.#findings = findings;
    this.#country = rules.mapping.defaultCountry;
  }

  /** The links to make. */
  links(): LegacyLink[] {
    return [...this.#wanted.values()].filter((link) => link !== 'undecided');
  }

  /** Adds a participant with its own link. */
  addParticipant({ participant, record }: LinkedParticipant): void {
    this.#tellIdentifiers(participant);
    if (this.#rules.writers.has(participant.id) && !this.#isOwn(participant)) {
      this.#findings.add('writer_not_own', `participant ${participant.id}`);
    }
    if (participant.recordId === null) return;
    if (record === null) this.#drop('participant_link_to_missing_record', `participant ${participant.id}`);
    else this.#addOwnLink(participant, record);
  }

  /** Adds a row of the link table. */
  addConversationLink(link: ConversationLink): void {
    const place = `link ${link.id}: conversation ${link.conversationId}, record ${link.recordId}`;
    const verdict = this.#judge(link);
    if (verdict === 'agrees') return;
    if (typeof verdict === 'string') {
      this.#findings.add(verdict, place);
      return;
    }
    const { adoptedBy } = verdict;
    this.recordIds.add(link.recordId);
    const isWanted = this.#want(adoptedBy, link.recordId, 'conversation');
    if (isWanted) this.counts.adopted += 1;
    this.#findings.add(isWanted ? 'link_adopted' : 'link_undecided', `${place}, participant ${adoptedBy.id}`);
  }

  #addOwnLink(participant: OldParticipant, record: { id: string; data: unknown }): void {
    const place = `participant ${participant.id}, record ${record.id}`;
    if (this.#isCompany(participant) || this.#isOfCompany(record.data)) {
      this.#drop('link_of_company', place);
      return;
    }
    const holds = holdsIdentifier(record.data, participant, this.#country);
    const isDecision = isByPerson(participant, this.#rules.mapping);
    if (!isDecision && !holds) {
      this.#drop('rule_link_without_evidence', place);
      return;
    }
    this.recordIds.add(record.id);
    this.counts[isDecision ? 'decided' : 'byRule'] += 1;
    if (!isDecision) return;
    if (!holds) this.#findings.add('person_link_without_evidence', place);
    if (!this.#want(participant, record.id, 'participant')) {
      this.#findings.add('participant_twice_two_records', place);
    }
  }

  #drop(code: FindingCode, place: string): void {
    this.counts.dropped += 1;
    this.#findings.add(code, place);
  }

  /** Wants the link for each identity of the participant; answers whether nothing speaks against it. */
  #want(participant: OldParticipant, recordId: string, from: LegacyLink['from']): boolean {
    const identities = identitiesOf(participant, this.#country);
    let isAlone = identities.length > 0;
    for (const { channel, identifier } of identities) {
      const key = identityKey(channel, identifier);
      const before = this.#wanted.get(key);
      if (before === undefined) this.#wanted.set(key, { channel, identifier, recordId, from });
      else if (before === 'undecided' || before.recordId !== recordId) {
        isAlone = false;
        // What a conversation suggests never stands against what a participant's own link says.
        if (before !== 'undecided' && before.from === from) this.#wanted.set(key, 'undecided');
      }
    }
    return isAlone;
  }

  #judge({ record, recordId, hasConversation, members }: ConversationLink): Verdict {
    if (record === null) return 'link_to_missing_record';
    if (!hasConversation) return 'link_to_missing_conversation';
    if (this.#isOfCompany(record.data)) return 'link_of_company';
    const people = members.filter(({ participant }) => !this.#isCompany(participant));
    if (people.some((member) => member.record?.id === recordId)) return 'agrees';
    const unlinked = people.filter((member) => member.record === null);
    const [only] = unlinked;
    if (only !== undefined && unlinked.length === 1) return { adoptedBy: only.participant };
    return unlinked.length === 0 && people.length > 0 ? 'link_contradicted' : 'link_undecided';
  }

  #isOwn(participant: OldParticipant): boolean {
    return identitiesOf(participant, this.#country).some(({ identifier }) =>
      isOwn(identifier, this.#rules.own),
    );
  }

  #isCompany(participant: OldParticipant): boolean {
    return this.#rules.writers.has(participant.id) || this.#isOwn(participant);
  }

  #isOfCompany(data: unknown): boolean {
    return keysOfRecord(data, this.#country).some((key) => this.#rules.own.keys.has(key));
  }

  #tellIdentifiers(participant: OldParticipant): void {
    const found = channels.map((channel) => ({
      channel,
      ...identifierOn(channel, participant, this.#country),
    }));
    if (found.every((each) => !each.ok && each.problem === 'none')) {
      this.#findings.add('participant_without_identifier', `participant ${participant.id}`);
    }
    for (const each of found) {
      const { channel } = each;
      if (each.ok) this.#tellRepetition(participant, identityKey(channel, each.identifier), channel);
      else if (each.problem === 'unreadable') {
        this.#findings.add('identifier_unreadable', `participant ${participant.id}, ${channel}`);
      }
    }
  }

  #tellRepetition({ id }: OldParticipant, key: string, channel: Channel): void {
    const first = this.#firstOf.get(key);
    if (first === undefined) this.#firstOf.set(key, id);
    else this.#findings.add('participant_twice', `participants ${first} and ${id}, ${channel}`);
  }
}

type Verdict =
  | 'agrees'
  | 'link_to_missing_record'
  | 'link_to_missing_conversation'
  | 'link_of_company'
  | 'link_contradicted'
  | 'link_undecided'
  | { adoptedBy: OldParticipant };

function isByPerson({ method, confidence }: OldParticipant, mapping: Mapping): boolean {
  if (method !== null) {
    const said = method.trim().toLowerCase();
    return mapping.personMethods.some((known) => known.toLowerCase() === said);
  }
  return confidence !== null && confidence >= mapping.personConfidence;
}

function holdsIdentifier(data: unknown, participant: OldParticipant, country: string | null): boolean {
  const held = new Set(keysOfRecord(data, country));
  return identitiesOf(participant, country).some(({ identifier }) => held.has(keyOf(identifier)));
}

function keysOfRecord(data: unknown, country: string | null): string[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.values(data).flatMap((value: unknown) => keysInField(value, country));
}
