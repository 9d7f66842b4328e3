/* What a thread pays that only normalises addresses: nothing of the big tables. */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { classifyEmail, companyDomain, normalizeEmail, normalizeLinkedIn, normalizePhone } from './index.ts';

const tables = ['libphonenumber-js', 'tldts', 'email-providers', 'disposable-email-domains-js'];

/** Which of the tables this process has loaded: they are CommonJS modules, in the one cache of the process. */
function loadedTables(): string[] {
  const files = Object.keys(createRequire(import.meta.url).cache);
  return tables.filter((name) => files.some((file) => file.includes(`/node_modules/${name}/`)));
}

test('each table is loaded by the first text that needs it, and by no other', () => {
  normalizeEmail('ana@lima.example');
  classifyEmail('ana@lima.example');
  normalizeLinkedIn('linkedin.com/in/ana-lima');
  expect(loadedTables()).toEqual([]);
  normalizePhone('+4915112345678');
  expect(loadedTables()).toEqual(['libphonenumber-js']);
  companyDomain('ana@lima.example');
  expect(loadedTables()).toEqual(tables);
});
