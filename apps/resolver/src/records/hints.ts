import { companyDomain, looseHint, nameHint } from '@kith/identity';
import type { Extraction } from './extract.ts';

/** A key by which a record may be suggested, never linked: what it has, and in which field. */
export interface RecordHint {
  key: string;
  field: string;
  /** As people are shown it: `ana@lima.example`, `Ana Lima`. */
  shown: string;
}

/** A title longer than this is no person's name. */
const nameCharsMax = 100;
const shownCharsMax = 300;
/** Both are part of an index row, of which Postgres takes 2,704 bytes. */
const hintBytesMax = 1_500;

/** The hints of a record: the loose form of each identifier, and its name at each company that it names. */
export function hintsOf(title: string | null, extraction: Extraction): RecordHint[] {
  const loose = extraction.identifiers.flatMap(({ kind, value, field }) =>
    hint(looseHint({ kind, value }), field, value),
  );
  const named = title === null || title.length > nameCharsMax ? [] : namesOf(title, extraction);
  const hints = [...loose, ...named].filter(isStorable);
  return [
    ...new Map(hints.map((found) => [JSON.stringify([found.key, found.field, found.shown]), found])).values(),
  ];
}

function namesOf(title: string, { identifiers, companyDomains }: Extraction): RecordHint[] {
  const ofAddresses = identifiers.flatMap(({ kind, value }) => {
    const company = kind === 'email' ? companyDomain(value) : null;
    return company?.ok === true ? [company.domain] : [];
  });
  const domains = new Set([...ofAddresses, ...companyDomains]);
  return [...domains].flatMap((domain) => hint(nameHint(title, domain), 'title', title));
}

function hint(key: string | null, field: string, shown: string): RecordHint[] {
  return key === null ? [] : [{ key, field, shown: Array.from(shown).slice(0, shownCharsMax).join('') }];
}

const isStorable = ({ key, shown }: RecordHint): boolean =>
  Buffer.byteLength(key) + Buffer.byteLength(shown) <= hintBytesMax;
