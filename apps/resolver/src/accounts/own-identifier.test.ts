import type { Channel } from '@kith/contracts';
import { expect, test } from 'vitest';
import { readOwnIdentifier } from './own-identifier.ts';

test.each<[Channel, string, string]>([
  ['email', 'Support@Acme.Example', 'email support@acme.example'],
  ['whatsapp', '+1 (415) 555-0100', 'phone +14155550100'],
  ['whatsapp', '14155550100', 'phone +14155550100'],
  ['whatsapp', '14155550100@s.whatsapp.net', 'phone +14155550100'],
  ['whatsapp', '123456789012345@lid', 'whatsapp_lid 123456789012345@lid'],
  ['whatsapp', 'US.13491208655302741918', 'whatsapp_bsuid US.13491208655302741918'],
  ['linkedin', 'https://www.linkedin.com/in/Rep-Acme', 'linkedin_public rep-acme'],
  ['linkedin', 'rep-acme', 'linkedin_public rep-acme'],
  ['linkedin', 'urn:li:member:42', 'linkedin_member urn:li:member:42'],
  [
    'linkedin',
    'ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E',
    'linkedin_profile ACoAAAcDMMQBODyLwZrRcgYhrkCafURGqva0U4E',
  ],
])('an account on %s may be %s', (channel, text, expected) => {
  const found = readOwnIdentifier(channel, text);
  expect(`${found?.kind} ${found?.value}`).toBe(expected);
});

test.each<[Channel, string]>([
  ['email', 'support'],
  ['email', '+14155550100'],
  ['whatsapp', 'support@acme.example'],
  ['whatsapp', 'call us'],
  ['whatsapp', ''],
  ['linkedin', 'https://www.linkedin.com/company/acme/'],
  ['linkedin', 'support@acme.example'],
])('an account on %s is not %j', (channel, text) => {
  expect(readOwnIdentifier(channel, text)).toBeNull();
});
