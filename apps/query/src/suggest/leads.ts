/*
 * Leads: what of a participant may find its record though no identifier matches exactly.
 *
 * Loose forms of its identifiers, its name at its company's domain, and the identifiers in the signatures of what it
 * wrote. Leads are looked up, and what they find is offered (score.ts): nothing here ever links.
 */
import type { IdentifierKind, SuggestionReason } from '@kith/contracts';
import { companyDomain, findIdentifiers, findSignature, looseHint, nameHint } from '@kith/identity';

/** What is known of a participant for which records are looked for. */
export interface Subject {
  participantId: string;
  /** Its identifiers, with the name that messages gave to the bearer of each. */
  known: readonly { kind: IdentifierKind; value: string; name: string | null }[];
  displayName: string | null;
  /** Records that are no news: the linked one, the candidates, and those that a person ruled out. */
  settled: readonly string[];
}

/** Something to look up: a hint by its key, or (`kind` not null) an identifier of a record by its value. */
export interface Lead {
  kind: IdentifierKind | null;
  key: string;
  reason: SuggestionReason;
  /** What the participant has. */
  value: string;
  messageId?: string;
}

/** Enough for anybody; a participant with hundreds of identifiers must not make its page heavy. */
const leadsMax = 50;

const looseReasons = {
  email: 'loose_email',
  phone: 'phone_variant',
  whatsapp_bsuid: null,
  whatsapp_lid: null,
  linkedin_member: 'linkedin_variant',
  linkedin_profile: 'linkedin_variant',
  linkedin_public: 'linkedin_variant',
  linkedin_sales: 'linkedin_variant',
  linkedin_recruiter: 'linkedin_variant',
} as const satisfies Record<IdentifierKind, SuggestionReason | null>;

const signatureReasons = {
  email: 'signature_email',
  phone: 'signature_phone',
  whatsapp_bsuid: null,
  whatsapp_lid: null,
  linkedin_member: 'signature_linkedin',
  linkedin_profile: 'signature_linkedin',
  linkedin_public: 'signature_linkedin',
  linkedin_sales: 'signature_linkedin',
  linkedin_recruiter: 'signature_linkedin',
} as const satisfies Record<IdentifierKind, SuggestionReason | null>;

/** The leads of a participant from what it is known by and from the messages it wrote, each once. */
export function leadsOf(subject: Subject, messages: readonly { id: string; text: string }[]): Lead[] {
  const leads = [...looseLeads(subject), ...nameLeads(subject), ...signatureLeads(subject, messages)];
  const byKey = new Map<string, Lead>();
  for (const lead of leads) {
    const key = `${lead.kind ?? ''} ${lead.key}`;
    if (!byKey.has(key)) byKey.set(key, lead);
  }
  return [...byKey.values()].slice(0, leadsMax);
}

function looseLeads({ known }: Subject): Lead[] {
  return known.flatMap(({ kind, value }): Lead[] => {
    const reason = looseReasons[kind];
    const key = reason === null ? null : looseHint({ kind, value });
    return reason === null || key === null ? [] : [{ kind: null, key, reason, value }];
  });
}

function nameLeads({ known, displayName }: Subject): Lead[] {
  const names = [...new Set([displayName, ...known.map(({ name }) => name)])].filter(isName);
  const addresses = known.filter(({ kind }) => kind === 'email').map(({ value }) => value);
  const domains = [...new Set(addresses)].map((address) => companyDomain(address));
  return domains.flatMap((company) =>
    names.flatMap((name): Lead[] => {
      const key = company.ok ? nameHint(name, company.domain) : null;
      return key === null ? [] : [{ kind: null, key, reason: 'name_and_company', value: name }];
    }),
  );
}

/** Mail programs write the address where there is no name. */
const isName = (name: string | null): name is string => name !== null && !name.includes('@');

function signatureLeads(subject: Subject, messages: readonly { id: string; text: string }[]): Lead[] {
  const own = new Set(subject.known.map(({ kind, value }) => `${kind} ${value}`));
  return signaturesIn(messages).flatMap(({ signature, messageId }) =>
    findIdentifiers(signature).flatMap(({ kind, key }): Lead[] => {
      const reason = signatureReasons[kind];
      if (reason === null || own.has(`${kind} ${key}`)) return [];
      return [{ kind, key, reason, value: key, messageId }];
    }),
  );
}

/** People sign alike every time: each signature is read once, of the newest message that has it. */
function signaturesIn(
  messages: readonly { id: string; text: string }[],
): { signature: string; messageId: string }[] {
  const newest = new Map<string, string>();
  for (const { id, text } of messages) {
    const signature = findSignature(text);
    if (signature !== '' && !newest.has(signature)) newest.set(signature, id);
  }
  return [...newest].map(([signature, messageId]) => ({ signature, messageId }));
}
