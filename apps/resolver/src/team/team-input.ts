import type { Identifier } from '@kith/contracts';
import {
  companyDomain,
  type CompanyDomainFailure,
  emailDomain,
  normalizeEmail,
  readIdentifier,
} from '@kith/identity';
import * as z from 'zod';

/** One of a team's own identities: an address, a phone number with `+`, a WhatsApp id, a LinkedIn profile. */
const TeamIdentifier = z
  .string()
  .max(500)
  .transform((text, refinement): Identifier => {
    const result = readIdentifier(text);
    if (result.ok) return { kind: result.kind, value: result.key };
    const message = 'is no email address, phone number with +, WhatsApp id or LinkedIn profile';
    refinement.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

/** A domain whose every address is the team's, in lower case and ASCII. */
const TeamDomain = z
  .string()
  .max(253)
  .transform((text, refinement): string => {
    const address = normalizeEmail(`team@${text.trim().replace(/^@/, '')}`);
    const company = address.ok
      ? companyDomain(address.key)
      : { ok: false as const, reason: 'no_domain' as const };
    if (address.ok && company.ok) return emailDomain(address.key);
    const message = company.ok ? refused.no_domain : refused[company.reason];
    refinement.addIssue({ code: 'custom', message });
    return z.NEVER;
  });

const refused: Record<CompanyDomainFailure, string> = {
  no_domain: 'is not a domain, such as "acme.example"',
  ip_address: 'is an IP address, not a domain',
  public_suffix: "is not one company's: everybody may have a domain under it",
  free_mail: 'is open to everybody: with it all its users would become the team',
  disposable: 'is open to everybody: with it all its users would become the team',
};

/** Who the team is, besides its accounts' own identities. */
export const TeamInput = z.strictObject({
  identifiers: z.array(TeamIdentifier).max(10_000),
  domains: z.array(TeamDomain).max(1_000),
});
export type TeamInput = z.infer<typeof TeamInput>;
