/* How much of public lists of free and disposable mail domains the packages' lists cover. */
import { describe, expect, test } from 'vitest';
import { companyDomain } from '../src/index.ts';
import { readShared } from './shared-files.ts';

const free = readShared('corpora/lists/free-email-domains.json');
const disposable = readShared('corpora/lists/disposable_email_blocklist.conf');

const shareWithoutCompany = (domains: readonly string[]): number => {
  const isCompany = (domain: string) => companyDomain(`ana@${domain}`).ok;
  return 1 - domains.filter(isCompany).length / domains.length;
};

describe.skipIf(free === null || disposable === null)('lists beside the checkout', () => {
  test('hardly a disposable domain counts as a company', () => {
    expect(shareWithoutCompany((disposable ?? '').trim().split('\n'))).toBeGreaterThan(0.99);
  });

  test('few domains of a list of free and disposable mail count as companies', () => {
    expect(shareWithoutCompany(JSON.parse(free ?? '[]') as string[])).toBeGreaterThan(0.9);
  });
});
