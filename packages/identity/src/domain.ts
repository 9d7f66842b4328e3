/*
 * The company behind an address, a URL or a bare domain: its registrable domain, as A-labels.
 *
 * A domain links a company, never a person. Where everybody can have an address (free mail, disposable addresses)
 * there is no company behind it; whose own domain it may be is for the caller to know.
 */
import { emailDomain, normalizeEmail } from './email.ts';
import { addressLiteral, asciiHost, isIpv4 } from './host-name.ts';
import { isDisposable, isFreeMail } from './mail-providers.ts';
import { isPublicSuffix, registrableDomain } from './public-suffix.ts';
import { visibleText } from './visible-text.ts';

/** A company's registrable domain, or why a text names none. */
export type CompanyDomainResult = { ok: true; domain: string } | { ok: false; reason: CompanyDomainFailure };

/** Why a text names no company: `public_suffix` is `co.uk` or `github.io` alone. */
export type CompanyDomainFailure = 'no_domain' | 'public_suffix' | 'ip_address' | 'free_mail' | 'disposable';

const textCharsMax = 2_000;
// Names that mean no organisation anywhere (RFC 6761, RFC 6762, RFC 9476); `.example` and `.test` stay for examples.
const specialEnding = /(?:^|\.)(?:localhost|local|localdomain|lan|internal|invalid|arpa|onion|alt)$/;

/** Reads the company's domain from an email address, a URL or a bare domain. */
export function companyDomain(text: string): CompanyDomainResult {
  const host = text.length > textCharsMax ? null : hostOf(visibleText(text));
  if (host === null) return { ok: false, reason: 'no_domain' };
  if (host.startsWith('[') || isIpv4(host)) return { ok: false, reason: 'ip_address' };
  if (specialEnding.test(host)) return { ok: false, reason: 'no_domain' };
  const domain = registrableDomain(host);
  const names = namesUpTo(host, domain);
  if (names.some(isDisposable)) return { ok: false, reason: 'disposable' };
  if (names.some(isFreeMail)) return { ok: false, reason: 'free_mail' };
  if (domain !== null) return { ok: true, domain };
  return { ok: false, reason: isPublicSuffix(host) ? 'public_suffix' : 'no_domain' };
}

function hostOf(text: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return hostOfUrl(text);
  const address = normalizeEmail(text);
  if (address.ok) return emailDomain(address.key);
  // A domain alone, as people write it: with an `@` or a path, and a port.
  const [, name = ''] = /^(?:@|\/\/)?([^/?#@\s]+)(?:[/?#]\S*)?$/.exec(text) ?? [];
  const bare = name.startsWith('[') ? name : name.replace(/:\d{1,5}$/, '');
  return isIpv4(bare) ? bare : (addressLiteral(bare) ?? asciiHost(bare));
}

function hostOfUrl(text: string): string | null {
  try {
    const host = new URL(text).hostname;
    return host.startsWith('[') || isIpv4(host) ? host : asciiHost(host);
  } catch {
    return null;
  }
}

/** The host and those above it, down to the registrable one: a list may hold any of them. */
function namesUpTo(host: string, domain: string | null): string[] {
  const names = [host];
  for (let name = host; name !== domain && name.includes('.');) {
    name = name.slice(name.indexOf('.') + 1);
    if (domain !== null) names.push(name);
  }
  return names;
}
