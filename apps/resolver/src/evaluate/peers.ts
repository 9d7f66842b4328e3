/*
 * Three rules by which CRMs commonly link, on the records as they are in the end. Pure, and generous: whoever is of
 * the team or an own account is left out beforehand, a hidden id is not taken for a number, and of a field with a
 * list each entry counts.
 */
import type { Answer } from './score.ts';
import { type Identity, type PlannedRecord, type Population, valuesIn } from './population.ts';

/** A rule: for each identity, in their order, what it links it to. */
export type PeerRule = (population: Population) => Answer[];

/** The rules, by what they are called in a report. */
export const peerRules: Readonly<Record<string, PeerRule>> = {
  'exact lower-case email': (population) => match(population, { keys: emailKeys, several: 'none' }),
  'email, last 8 digits, raw URL': (population) => match(population, { keys: allKeys, several: 'none' }),
  'the same, oldest record wins': (population) => match(population, { keys: allKeys, several: 'oldest' }),
};

interface Keys {
  ofIdentity(identity: Identity): string[];
  ofRecord(record: PlannedRecord): string[];
}

const emailKeys: Keys = {
  ofIdentity: ({ namings }) =>
    namings.filter(({ kind }) => kind === 'email').map(({ text }) => emailKey(text)),
  ofRecord: (record) => textsOf(record, 'email').map(emailKey),
};

const allKeys: Keys = {
  ofIdentity: (identity) => [
    ...emailKeys.ofIdentity(identity),
    ...identity.namings.flatMap(({ kind, text, key }) => {
      if (kind === 'whatsapp') return key.startsWith('phone ') ? phoneKeys(text) : [];
      if (kind === 'linkedin') return [text, `https://www.linkedin.com/in/${text}`].map(urlKey);
      return [];
    }),
  ],
  ofRecord: (record) => [
    ...emailKeys.ofRecord(record),
    ...textsOf(record, 'phone').flatMap(phoneKeys),
    ...textsOf(record, 'linkedin').map(urlKey),
  ],
};

const emailKey = (text: string): string => `email ${text.trim().toLowerCase()}`;
const urlKey = (text: string): string => `url ${text}`;

function phoneKeys(text: string): string[] {
  const digits = text.replace(/\D/g, '');
  return digits.length < 8 ? [] : [`phone ${digits.slice(-8)}`];
}

function textsOf(record: PlannedRecord, field: 'email' | 'phone' | 'linkedin'): string[] {
  const shown = valuesIn(record, 2).filter((value) => value.field === field);
  return shown.map(({ shown: value }) => textOf(value));
}

function textOf(shown: unknown): string {
  if (typeof shown === 'string' || typeof shown === 'number') return String(shown);
  return typeof shown === 'object' && shown !== null && 'value' in shown ? textOf(shown.value) : '';
}

function match(
  { records, identities }: Population,
  rule: { keys: Keys; several: 'none' | 'oldest' },
): Answer[] {
  const oldestFirst = records.toSorted((a, b) => a.createdIn - b.createdIn);
  const byKey = new Map<string, string[]>();
  for (const record of oldestFirst) {
    for (const key of rule.keys.ofRecord(record)) {
      const known = byKey.get(key);
      if (known === undefined) byKey.set(key, [record.recordId]);
      else known.push(record.recordId);
    }
  }
  return identities.map((identity) => {
    if (identity.internal) return { status: 'unlinked', recordId: null, inReview: false };
    const found = [...new Set(rule.keys.ofIdentity(identity).flatMap((key) => byKey.get(key) ?? []))];
    const recordId = found.length === 1 || rule.several === 'oldest' ? (found[0] ?? null) : null;
    if (recordId !== null) return { status: 'linked', recordId, inReview: false };
    return { status: found.length > 1 ? 'ambiguous' : 'unlinked', recordId, inReview: false };
  });
}
