import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizeWhatsApp } from './whatsapp.ts';

const answer = (text: string, scope: string | null = null): string => {
  const result = normalizeWhatsApp(text, { scope });
  return result.ok ? `${result.kind} ${result.key}` : result.reason;
};

test.each([
  '33660036335',
  '+33 6 60 03 63 35',
  'whatsapp:+33660036335',
  'WhatsApp: 33660036335',
  '33660036335@s.whatsapp.net',
  '33660036335@S.WhatsApp.net',
  '33660036335@c.us',
  '33660036335:12@s.whatsapp.net',
  '33660036335.0:12@s.whatsapp.net',
  'https://wa.me/33660036335?text=hi',
  'wa.me/+33660036335',
  'https://api.whatsapp.com/send/?phone=33660036335&text=hi',
  'https://api.whatsapp.com/send?text=hi&phone=%2B33660036335',
])('%s is a phone', (text) => {
  expect(answer(text)).toBe('phone +33660036335');
});

test.each([
  ['5215512345678', 'phone +525512345678'],
  ['553193209107', 'phone +5531993209107'],
  ['140874994434143@lid', 'whatsapp_lid 140874994434143@lid'],
  ['140874994434143:7@lid', 'whatsapp_lid 140874994434143@lid'],
  ['US.13491208655302741918', 'whatsapp_bsuid US.13491208655302741918'],
  ['BR.1A2b3C', 'whatsapp_bsuid BR.1A2b3C'],
  ['US.ENT.11815799212886844830', 'whatsapp_bsuid US.ENT.11815799212886844830'],
  [`US.${'a'.repeat(128)}`, `whatsapp_bsuid US.${'a'.repeat(128)}`],
  ['whatsapp:US.ABC123XYZ', 'whatsapp_bsuid US.ABC123XYZ'],
  ['whatsapp:US.ENT.ABC', 'whatsapp_bsuid US.ENT.ABC'],
])('%s is %s', (text, expected) => {
  expect(answer(text)).toBe(expected);
});

test('a business-scoped id carries its scope; one that has a scope keeps it', () => {
  expect(answer('BR.1A2b3C', '102290129340398')).toBe('whatsapp_bsuid 102290129340398/BR.1A2b3C');
  expect(answer('whatsapp:BR.1A2b3C', 'AC12')).toBe('whatsapp_bsuid AC12/BR.1A2b3C');
  expect(answer('102290129340398/BR.1A2b3C', 'other')).toBe('whatsapp_bsuid 102290129340398/BR.1A2b3C');
  expect(answer('BR.1A2b3C', ' ')).toBe('whatsapp_bsuid BR.1A2b3C');
  expect(answer('33660036335', '102290129340398')).toBe('phone +33660036335');
});

test.each([
  ['', 'empty'],
  ['whatsapp:', 'empty'],
  ['33612345678-1414141414@g.us', 'group'],
  ['120363025246125486@g.us', 'group'],
  ['status@broadcast', 'broadcast'],
  ['1414141414@broadcast', 'broadcast'],
  ['120363144038483540@newsletter', 'broadcast'],
  ['0@c.us', 'system'],
  ['0@s.whatsapp.net', 'system'],
  ['867051314767696@bot', 'system'],
  ['us.ABC', 'not_a_whatsapp_id'],
  ['USA.ABC', 'not_a_whatsapp_id'],
  ['US.', 'not_a_whatsapp_id'],
  ['US.A-B', 'not_a_whatsapp_id'],
  [`US.${'a'.repeat(129)}`, 'not_a_whatsapp_id'],
  ['@ana', 'not_a_whatsapp_id'],
  ['ana@lima.example', 'not_a_whatsapp_id'],
  ['abc@s.whatsapp.net', 'not_a_whatsapp_id'],
  ['0140874994434143@lid', 'not_a_whatsapp_id'],
  ['12345', 'not_a_whatsapp_id'],
  ['https://wa.me/message/ABCDEF', 'not_a_whatsapp_id'],
  ['https://evil-wa.me/33660036335', 'not_a_whatsapp_id'],
])('%s is no user: %s', (text, reason) => {
  expect(answer(text)).toBe(reason);
});

test('any text gives a result, and a key is its own key', () => {
  const server = fc.constantFrom('s.whatsapp.net', 'c.us', 'lid', 'g.us', 'broadcast', 'x');
  const user = fc.string({ unit: fc.constantFrom(...Array.from('0123456789:.-')) });
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.tuple(user, server).map(([name, host]) => `${name}@${host}`),
    fc.string({ unit: fc.constantFrom(...Array.from('UBRS.ENTa1/:')) }),
    user,
  );
  fc.assert(
    fc.property(text, fc.constantFrom(null, '42'), (written, scope) => {
      const result = normalizeWhatsApp(written, { scope });
      if (!result.ok) return;
      expect(normalizeWhatsApp(result.key, { scope })).toEqual(result);
      expect(result.key).not.toMatch(/\s/);
    }),
    { numRuns: 3_000 },
  );
});

test.each(['1', '@', 'US.a', '/', ':1', '.1', 'phone=', '\u200d'])('a megabyte of %s is refused', (part) => {
  expect(answer(part.repeat(1_000_000 / part.length))).toBe('too_long');
});
