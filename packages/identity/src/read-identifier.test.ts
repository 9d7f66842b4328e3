import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIdentifier } from './read-identifier.ts';

const answer = (text: string, defaultCountry: string | null = null): string => {
  const result = readIdentifier(text, { defaultCountry });
  return result.ok ? `${result.kind} ${result.key}` : result.reason;
};

test.each([
  ['Ana@lima.example', 'email ana@lima.example'],
  ['mailto:ana@lima.example', 'email ana@lima.example'],
  ['Ana Lima <ana@lima.example>', 'email ana@lima.example'],
  ['ana＠lima.example', 'email ana@lima.example'],
  ['+49 151 12345678', 'phone +4915112345678'],
  ['tel:+49-151-12345678', 'phone +4915112345678'],
  ['+٤٩١٥١١٢٣٤٥٦٧٨', 'phone +4915112345678'],
  ['4915112345678@c.us', 'phone +4915112345678'],
  ['whatsapp:+4915112345678', 'phone +4915112345678'],
  ['https://wa.me/4915112345678', 'phone +4915112345678'],
  ['140874994434143@lid', 'whatsapp_lid 140874994434143@lid'],
  ['US.1A2b3C', 'whatsapp_bsuid US.1A2b3C'],
  ['102290129340398/US.1A2b3C', 'whatsapp_bsuid 102290129340398/US.1A2b3C'],
  ['https://www.linkedin.com/in/Ana-Lima/', 'linkedin_public ana-lima'],
  ['urn:li:member:42', 'linkedin_member urn:li:member:42'],
  ['ACoAAAcDMMQBODyLwZrRcg', 'linkedin_profile ACoAAAcDMMQBODyLwZrRcg'],
])('%s is %s', (text, expected) => {
  expect(answer(text)).toBe(expected);
});

test('a national number needs the country that dials it', () => {
  expect(answer('0151 12345678')).toBe('no_country');
  expect(answer('0151 12345678', 'DE')).toBe('phone +4915112345678');
});

test.each([
  ['', 'empty'],
  ['ana-lima', 'unrecognised'],
  ['Ana Lima 2', 'unrecognised'],
  ['acme.com', 'unrecognised'],
  ['https://acme.com/team2', 'unrecognised'],
  ['https://social.example/@ana', 'unrecognised'],
  ['ana@', 'bad_domain'],
  ['12345', 'short_code'],
  ['120363025246125486@g.us', 'group'],
  ['https://www.linkedin.com/company/acme', 'company'],
  ['https://evil-linkedin.com/in/ana', 'unrecognised'],
  ['a'.repeat(1_000_000), 'too_long'],
])('%s is no identifier: %s', (text, reason) => {
  expect(answer(text)).toBe(reason);
});

test('any text gives a result', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress(), fc.webUrl());
  fc.assert(
    fc.property(text, (written) => {
      expect(typeof readIdentifier(written).ok).toBe('boolean');
    }),
  );
});
