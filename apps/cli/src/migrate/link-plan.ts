/*
 * Which of the old links become people's decisions in Kith, and which do not come along. Pure.
 *
 * The participant's own link is the truth. One that a person made becomes a decision; one that a rule made follows by
 * itself where the record holds the identifier, and goes where it does not. A conversation's link that no participant
 * shares becomes the link of the one unlinked person in it; where there is none or several, it is for a person to say.
 */
import type { FindingCode, Findings } from './findings.ts';
import { identitiesOf, type Identity, isOwn, keyOf, keysInField, type OwnIdentities } from './identify.ts';
import { createIdentityFindings, type IdentityFindings } from './identity-findings.ts';
import type { Mapping } from './mapping.ts';
import type { OldParticipant } from './old-rows.ts';
import { createWantedLinks, type LegacyLink, type LinkOrigin, type WantedLinks } from './wanted-links.ts';

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
  readonly #identities: IdentityFindings;
  readonly #wanted: WantedLinks;

  constructor(rules: PlanRules, findings: Findings) {
    this.#rules = rules;
    this.#findings = findings;
    this.#country = rules.mapping.defaultCountry;
    this.#identities = createIdentityFindings(findings, this.#country);
    this.#wanted = createWantedLinks();
  }

  /** The links as they should be in Kith. */
  links(): LegacyLink[] {
    return this.#wanted.list();
  }

  /** Adds a participant with its own link. */
  addParticipant({ participant, record }: LinkedParticipant): void {
    this.#identities.tell(participant);
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
    const isWanted = this.#wanted.add(this.#identitiesOf(adoptedBy), link.recordId, 'conversation');
    if (isWanted) this.counts.adopted += 1;
    this.#findings.add(isWanted ? 'link_adopted' : 'link_undecided', `${place}, participant ${adoptedBy.id}`);
  }

  #addOwnLink(participant: OldParticipant, record: { id: string; data: unknown }): void {
    const place = `participant ${participant.id}, record ${record.id}`;
    if (this.#isCompany(participant) || this.#isOfCompany(record.data)) {
      this.#drop('link_of_company', place);
      return;
    }
    const identities = this.#identitiesOf(participant);
    const held = new Set(keysOfRecord(record.data, this.#country));
    const backed = identities.filter(({ identifier }) => held.has(keyOf(identifier)));
    if (isByPerson(participant, this.#rules.mapping))
      this.#addDecision({ place, record, identities, backed });
    else this.#addRuleLink({ place, record, identities, backed });
  }

  #addDecision({ place, record, identities, backed }: OwnLink): void {
    if (identities.length === 0) {
      // Told already: nothing says who it is.
      this.counts.dropped += 1;
      return;
    }
    this.recordIds.add(record.id);
    this.counts.decided += 1;
    if (backed.length === 0) this.#findings.add('person_link_without_evidence', place);
    this.#want({ place, record, identities }, 'person');
  }

  #addRuleLink({ place, record, identities, backed }: OwnLink): void {
    if (backed.length === 0) {
      this.#drop('rule_link_without_evidence', place);
      return;
    }
    this.recordIds.add(record.id);
    this.counts.byRule += 1;
    for (const { channel } of identities.filter((identity) => !backed.includes(identity))) {
      this.#findings.add('identifier_without_evidence', `${place}, ${channel}`);
    }
    this.#want({ place, record, identities: backed }, 'rule');
  }

  #want({ place, record, identities }: Omit<OwnLink, 'backed'>, origin: LinkOrigin): void {
    const isAlone = this.#wanted.add(identities, record.id, origin);
    if (!isAlone) this.#findings.add('participant_twice_two_records', place);
  }

  #drop(code: FindingCode, place: string): void {
    this.counts.dropped += 1;
    this.#findings.add(code, place);
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

  #identitiesOf(participant: OldParticipant): Identity[] {
    return identitiesOf(participant, this.#country);
  }

  #isOwn(participant: OldParticipant): boolean {
    return this.#identitiesOf(participant).some(({ identifier }) => isOwn(identifier, this.#rules.own));
  }

  #isCompany(participant: OldParticipant): boolean {
    return this.#rules.writers.has(participant.id) || this.#isOwn(participant);
  }

  #isOfCompany(data: unknown): boolean {
    return keysOfRecord(data, this.#country).some((key) => this.#rules.own.keys.has(key));
  }
}

/** A participant's own link; `backed` are those of its identities that the record holds. */
interface OwnLink {
  place: string;
  record: { id: string };
  identities: readonly Identity[];
  backed: readonly Identity[];
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

function keysOfRecord(data: unknown, country: string | null): string[] {
  if (typeof data !== 'object' || data === null) return [];
  return Object.values(data).flatMap((value: unknown) => keysInField(value, country));
}
