/*
 * Keys that may only suggest. Two identifiers with the same hint suggest each other; nothing is ever linked by one.
 */
import { normalizeEmail } from './email.ts';
import type { IdentifierKind } from './identifier.ts';
import { looseLinkedIn } from './linkedin.ts';
import { normalizePhone } from './phone.ts';

/** The hint of a normalised identifier: `email:…`, `phone:…` or `linkedin:…`; null for those without loose forms. */
export function looseHint({ kind, value }: { kind: IdentifierKind; value: string }): string | null {
  switch (kind) {
    case 'email':
      return hintOf('email', normalizeEmail(value));
    case 'phone':
      return hintOf('phone', normalizePhone(value));
    case 'linkedin_member':
    case 'linkedin_profile':
    case 'linkedin_public':
    case 'linkedin_sales':
    case 'linkedin_recruiter':
      return `linkedin:${looseLinkedIn(value)}`;
    case 'whatsapp_bsuid':
    case 'whatsapp_lid':
      return null;
  }
}

function hintOf(name: string, result: { ok: true; loose: string } | { ok: false }): string | null {
  return result.ok ? `${name}:${result.loose}` : null;
}

/** The hint of a person at a company: `name:ana lima@acme.com`; null for a name of fewer than two words. */
export function nameHint(name: string, companyDomain: string): string | null {
  const folded = foldName(name);
  return companyDomain === '' || !folded.includes(' ') ? null : `name:${folded}@${companyDomain}`;
}

const nameCharsMax = 200;
const titles = new Set(
  `mr mrs ms miss mx sir dame dr drs prof professor phd md mba msc bsc llm esq jr sr ii iii iv rev
  herr frau dipl ing dkfm mme mlle monsieur madame maitre sra srta dott dottssa sigra avv
  senhor senhora dhr mevr mevrouw mgr`.split(/\s+/),
);
// Letters that have no accent to lose.
const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
};

/** A name without case, accents, punctuation and titles, its words in order: `Lima, Ana` and `Dr. ana LIMA` fold alike. */
export function foldName(name: string): string {
  return name
    .slice(0, nameCharsMax)
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}'’‘`´]/gu, '')
    .replace(/[ßæœøđðþłħı]/g, (letter) => letters[letter] ?? letter)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !titles.has(word))
    .toSorted()
    .join(' ');
}
