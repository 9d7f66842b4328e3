/*
 * The Public Suffix List, opened when it is first asked: its table costs about 10 ms, which who only normalises
 * addresses does not pay.
 */
import { createRequire } from 'node:module';
import type * as SuffixList from 'tldts';

const require = createRequire(import.meta.url);
let suffixList: typeof SuffixList | undefined;

/**
 * What can be registered under a public suffix: `acme.co.uk` of `mail.acme.co.uk`, and `acme.github.io` of itself,
 * because the tenants of a shared suffix are not one company. Null for a suffix itself and for a single label.
 */
export function registrableDomain(host: string): string | null {
  return openList().getDomain(host, asWritten);
}

/** Whether a host is a suffix of the list, not merely of an unknown ending: `co.uk`, `com`, but not `intranet`. */
export function isPublicSuffix(host: string): boolean {
  const { isIcann, isPrivate, publicSuffix } = openList().parse(host, asWritten);
  return publicSuffix === host && (isIcann === true || isPrivate === true);
}

const asWritten = { allowPrivateDomains: true, extractHostname: false, validateHostname: false };

function openList(): typeof SuffixList {
  return (suffixList ??= require('tldts') as typeof SuffixList);
}
