/*
 * An entry of the history in a sentence: who did what, when in the course of things, and on which
 * evidence. Pure: everything that a sentence says comes in.
 */
import type { HistoryEntry, Identifier, LinkAction } from '@kith/contracts';
import {
  confidenceInWords,
  identifierInWords,
  listInWords,
  methodInWords,
  methodKinds,
  reasonInWords,
  recordInWords,
  throughKey,
} from './phrases.ts';

/** What the sentence is made of. */
export interface EntryFacts extends Pick<
  HistoryEntry,
  'action' | 'reason' | 'recordId' | 'previousRecordId' | 'method' | 'confidence'
> {
  /** The name of the API key that called; null for a rule, and for a key that is not known any more. */
  keyName: string | null;
  /** The record that a person ruled out. */
  ruledOutRecordId: string | null;
  /** What records and the participant shared at the time. */
  evidence: readonly (Identifier & { recordId: string; field: string })[];
  /** Whether it is of two records, of which the previous one was merged into the other or separated from it. */
  isOfRecords: boolean;
  /** What the participant was known by when it had not merged into the one that is asked about; else null. */
  formerIdentifier: string | null;
}

/** The name of a record for a sentence. */
type NameOf = (recordId: string | null) => string;

/** The entry in a sentence, records by their titles. */
export function describeEntry(facts: EntryFacts, titles: ReadonlyMap<string, string | null>): string {
  const nameOf: NameOf = (recordId) =>
    recordId === null ? 'a record' : recordInWords(recordId, titles.get(recordId));
  const former =
    facts.formerIdentifier === null ? '' : ` This was ${facts.formerIdentifier} before they merged.`;
  const said = facts.isOfRecords ? ofRecords(facts, nameOf) : sentences[facts.action](facts, nameOf);
  return `${said}.${former}`;
}

const sentences: Readonly<Record<LinkAction, (facts: EntryFacts, nameOf: NameOf) => string>> = {
  linked,
  unlinked,
  ambiguous,
  contested,
  internal: (facts) => `${who(facts)} recognised it as the company itself${when(facts)}`,
  rejected,
  dismissed: (facts) => `${who(facts)} took it off the review list${when(facts)}`,
  merged: (facts) =>
    `${who(facts)} found that another participant is the same one${throughKey(facts.keyName)}`,
  split: (facts) => `${who(facts)} separated it from another participant${throughKey(facts.keyName)}`,
};

function ofRecords(facts: EntryFacts, nameOf: NameOf): string {
  const [record, other] = [nameOf(facts.recordId), nameOf(facts.previousRecordId)];
  const did =
    facts.action === 'split' ? `separated ${other} from ${record}` : `merged ${other} into ${record}`;
  return `${who(facts)} ${did}${when(facts)}`;
}

function linked(facts: EntryFacts, nameOf: NameOf): string {
  const { recordId, previousRecordId, confidence } = facts;
  const record = nameOf(recordId);
  const sure = confidence === null ? '' : ` with confidence ${confidenceInWords(confidence)}`;
  const tail = `${sure}${when(facts)}${because(facts)}`;
  if (previousRecordId === recordId) return `${who(facts)} kept it linked to ${record}${tail}`;
  const from = previousRecordId === null ? '' : ` instead of ${nameOf(previousRecordId)}`;
  return `${who(facts)} linked it to ${record}${from}${tail}`;
}

function unlinked(facts: EntryFacts, nameOf: NameOf): string {
  const { previousRecordId, reason } = facts;
  if (previousRecordId === null) return `${who(facts)} left it without a record${when(facts)}`;
  const sticks = reason === 'person' ? '; no rule links them again' : '';
  return `${who(facts)} unlinked it from ${nameOf(previousRecordId)}${when(facts)}${sticks}`;
}

/** Ruling out one of two candidates decides for the other. */
function rejected(facts: EntryFacts, nameOf: NameOf): string {
  const { ruledOutRecordId, previousRecordId, recordId } = facts;
  const ruledOut = nameOf(ruledOutRecordId ?? previousRecordId);
  const said = `${who(facts)} said that it is not ${ruledOut}${when(facts)}`;
  const isLinkedNow = recordId !== null && recordId !== previousRecordId;
  return isLinkedNow ? `${said}, which leaves ${nameOf(recordId)}` : `${said}; no rule links them`;
}

function ambiguous(facts: EntryFacts, nameOf: NameOf): string {
  const { previousRecordId } = facts;
  const did =
    previousRecordId === null ? 'left it undecided' : `unlinked it from ${nameOf(previousRecordId)}`;
  const holders = holdersIn(facts).map(nameOf);
  const named = holders.length < 2 ? '' : `, ${listInWords(holders)}`;
  return `${who(facts)} ${did}${when(facts)}: several records hold it${named}`;
}

function contested(facts: EntryFacts, nameOf: NameOf): string {
  const { recordId, previousRecordId } = facts;
  const others = holdersIn(facts).filter((holder) => holder !== recordId);
  const named = others.length === 0 ? 'another record' : listInWords(others.map(nameOf));
  const did = previousRecordId === recordId ? 'kept it linked to' : 'linked it to';
  const hold = others.length > 1 ? 'hold' : 'holds';
  return `${who(facts)} ${did} ${nameOf(recordId)}${when(facts)}, though ${named} ${hold} it too`;
}

const holdersIn = ({ evidence }: EntryFacts): string[] => [...new Set(evidence.map((one) => one.recordId))];

/** A rule is ours; a person is whoever called, and so is undoing. */
const isByPerson = ({ reason }: EntryFacts): boolean => reason === 'person' || reason === 'undo';

const who = (facts: EntryFacts): string => (isByPerson(facts) ? 'A person' : 'Kith');

function when({ reason, keyName }: EntryFacts): string {
  const occasion = reasonInWords[reason];
  return `${occasion === '' ? '' : ` ${occasion}`}${throughKey(keyName)}`;
}

/** The evidence that the method speaks of, or what the method means; a person needs to give no reason. */
function because(facts: EntryFacts): string {
  const { method, recordId, evidence } = facts;
  if (isByPerson(facts) || method === null) return '';
  const own = evidence.filter((one) => one.recordId === recordId);
  const shared = own.find(({ kind }) => methodKinds[method]?.includes(kind)) ?? own[0];
  if (shared !== undefined) return `: ${identifierInWords(shared)} is in its field "${shared.field}"`;
  const why = methodInWords[method];
  return why === undefined ? '' : `: ${why}`;
}
