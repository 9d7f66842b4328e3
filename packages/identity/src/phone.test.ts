import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isValidPhone, normalizePhone } from './phone.ts';

const keyOf = (text: string, defaultCountry: string | null = null): string => {
  const result = normalizePhone(text, { defaultCountry });
  return result.ok ? result.key : result.reason;
};
const looseOf = (text: string): string => {
  const result = normalizePhone(text);
  return result.ok ? result.loose : result.reason;
};

test.each([
  '+4915112345678',
  '+49 (151) 12345678',
  '+49 (0)151 12345678',
  '+49 0151 12345678',
  '+49-151-1234.5678',
  '+49/151/12345678',
  '(+49) 151 12345678',
  '+49\u00a0151\u201112345678',
  '0049 151 12345678',
  '00(49)151 12345678',
  '+0049 151 12345678',
  'Tel.: +49 151 12345678',
  'Mobil: +49 151 12345678',
  'm +49 151 12345678',
  '+49 151 12345678 (mobil)',
  'tel:+49-151-12345678',
  'tel:151-12345678;phone-context=+49',
  'TEL:%2B4915112345678',
  '4915112345678@s.whatsapp.net',
  '4915112345678:12@s.whatsapp.net',
  '4915112345678@c.us',
  'whatsapp:+4915112345678',
  '＋４９ １５１ １２３４５６７８',
  '+٤٩١٥١١٢٣٤٥٦٧٨',
  '+४९१५११२३४५६७८',
  '\u202a+49 151 12345678\u202c',
])('%s is one number', (text) => {
  expect(keyOf(text)).toBe('+4915112345678');
});

test.each([
  ['0151 12345678', 'DE', '+4915112345678'],
  ['0151 12345678', 'de', '+4915112345678'],
  ['+0151 12345678', 'DE', '+4915112345678'],
  ['020 7946 0958', 'GB', '+442079460958'],
  ['020 7946 0958', 'UK', '+442079460958'],
  ['06 698 12345', 'IT', '+390669812345'],
  ['8 (912) 345-67-89', 'RU', '+79123456789'],
  ['(415) 555-2671', 'US', '+14155552671'],
  ['1 415 555 2671', 'US', '+14155552671'],
  ['011 49 151 12345678', 'US', '+4915112345678'],
  ['00 49 151 12345678', 'US', '+4915112345678'],
  ['0049 30 901820', 'JP', '+4930901820'],
  ['810 49 151 12345678', 'RU', '+4915112345678'],
  ['(11) 98765-4321', 'BR', '+5511987654321'],
  ['0 15 11 98765-4321', 'BR', '+5511987654321'],
  ['(11) 8765-4321', 'BR', '+5511987654321'],
  ['(11) 3456-7890', 'BR', '+551134567890'],
  ['55 1234 5678', 'MX', '+525512345678'],
  ['044 55 1234 5678', 'MX', '+525512345678'],
  ['01 55 1234 5678', 'MX', '+525512345678'],
  ['011 15-2345-6789', 'AR', '+5491123456789'],
  ['0351 15 123 4567', 'AR', '+5493511234567'],
  ['011 2345-6789', 'AR', '+541123456789'],
  ['97 00 00 00', 'BJ', '+22997000000'],
  ['312345', 'AD', '+376312345'],
])('%s dialled in %s is %s', (text, country, key) => {
  expect(keyOf(text, country)).toBe(key);
});

test.each([
  ['+39 06 698 12345', '+390669812345', 'Italy’s zero is part of the number'],
  ['+39 (0)6 698 12345', '+390669812345', 'Italy’s zero is no trunk prefix in brackets either'],
  ['+34 (0)91 123 45 67', '+34911234567', 'Spain has no trunk zero'],
  ['+48 022 123 45 67', '+48221234567', 'Poland has none any more'],
  ['+7 8 912 345-67-89', '+79123456789', 'Russia’s trunk prefix is 8'],
  ['5215512345678@c.us', '+525512345678', 'Mexico’s old 1'],
  ['+52 1 55 1234 5678', '+525512345678', 'Mexico’s old 1'],
  ['+55 31 9320-9107', '+5531993209107', 'Brazil’s old mobiles get their 9'],
  ['+55 11 6765-4321', '+5511967654321', 'from 6 on they are mobiles'],
  ['+55 11 5765-4321', '+551157654321', 'up to 5 they are fixed lines'],
  ['+54 11 15-2345-6789', '+5491123456789', 'Argentina’s 15 is a 9 from abroad'],
  ['+54 9 11 15-2345-6789', '+5491123456789', 'also beside a 9'],
  ['+54 2966 15 123456', '+5492966123456', 'after an area of four digits'],
  ['+54 11 1523-4567', '+541115234567', 'but not where it is part of the number'],
  ['+541123456789', '+541123456789', 'without 15 or 9 it is the fixed line'],
  ['+22997000000', '+22997000000', 'Benin’s old number keeps its key'],
  ['+1 (555) 123-4567', '+15551234567', 'a number that nobody has is possible'],
  ['+800 1234 5678', '+80012345678', 'a number of no country'],
])('%s is %s: %s', (text, key) => {
  expect(keyOf(text)).toBe(key);
});

test.each([
  ['tel:+1-415-555-2671;ext=5', '5'],
  ['+1-416-555-0100 ext. 23', '23'],
  ['+1 415 555 2671x5', '5'],
  ['+1 415 555 2671 #5', '5'],
  ['+1 415 555 2671,,5', '5'],
  ['+49 30 901820 Durchwahl 17', '17'],
  ['+55 11 3456-7890 ramal 12', '12'],
  ['+33 1 23 45 67 89 poste 4', '4'],
  ['+14155552671', null],
])('the extension of %s is %s and no part of the key', (text, extension) => {
  const result = normalizePhone(text);
  expect(result).toMatchObject({ ok: true, extension });
  expect(result.ok ? result.key : '').toMatch(/^\+\d{10,13}$/);
});

test.each([
  ['', 'empty'],
  [' \u200b ', 'empty'],
  ['anonymous', 'not_a_number'],
  ['+', 'not_a_number'],
  ['+1 800 FLOWERS', 'not_a_number'],
  ['1-800-GO-FEDEX', 'not_a_number'],
  ['*100#', 'not_a_number'],
  ['+49 +49 151 12345678', 'not_a_number'],
  ['+1 415 555 2671, +1 415 555 2672', 'not_a_number'],
  ['0@c.us', 'not_a_number'],
  ['140874994434143@lid', 'not_a_number'],
  ['33612345678-1414141414@g.us', 'not_a_number'],
  ['ana@lima.example', 'not_a_number'],
  ['12345', 'short_code'],
  ['110', 'short_code'],
  ['14155552671', 'no_country'],
  ['0151 12345678', 'no_country'],
  ['+0151 12345678', 'no_country'],
  ['tel:863-1234;phone-context=example.com', 'no_country'],
  ['+12345', 'not_possible'],
  ['+999 1234567', 'not_possible'],
  ['+5511', 'not_possible'],
  ['+12345678901234567890', 'not_possible'],
  ['+49 151 12345678 / 0160 1234567', 'not_possible'],
  [`+49${'1'.repeat(300)}`, 'too_long'],
])('%s is no phone number: %s', (text, reason) => {
  expect(keyOf(text)).toBe(reason);
});

test.each([
  ['30123', 'DE', 'short_code'],
  ['555-2671', 'US', 'not_possible'],
  ['15 2345 6789', 'AR', 'not_possible'],
  ['020 7946 0958', 'XX', 'no_country'],
  ['020 7946 0958', '', 'no_country'],
])('%s dialled in %s lacks its area or country: %s', (text, country, reason) => {
  expect(keyOf(text, country)).toBe(reason);
});

test.each([
  ['+541123456789', '+5491123456789'],
  ['+543511234567', '+54 351 15 123 4567'],
  ['+22997000000', '+2290197000000'],
  ['+55 11 8765-4321', '+55 11 98765-4321'],
  ['+52 1 55 1234 5678', '+52 55 1234 5678'],
])('%s and %s may be the same line, and share their loose form', (one, other) => {
  expect(looseOf(one)).toBe(looseOf(other));
});

test.each([
  ['+55 11 3456-7890', '+55 11 93456-7890'],
  ['+5491123456789', '+5491123456780'],
  ['+54 800 222 3333', '+54 9 800 222 3333'],
  ['+22997000000', '+2290297000000'],
])('%s and %s are two lines', (one, other) => {
  expect(looseOf(one)).not.toBe(looseOf(other));
});

test('a number of a range in use is told from one of a possible length', () => {
  expect(isValidPhone('+4930901820')).toBe(true);
  expect(isValidPhone('+22997000000')).toBe(true);
  expect(isValidPhone('+15551234567')).toBe(false);
});

describe('any text', () => {
  const digit = fc.constantFrom(...Array.from('0123456789'));
  const callingCode = fc.constantFrom(
    '1',
    '7',
    '20',
    '33',
    '39',
    '49',
    '52',
    '521',
    '54',
    '5411',
    '54911',
    '55',
  );
  const digits = fc.array(digit, { minLength: 4, maxLength: 14 }).map((list) => list.join(''));
  const number = fc.oneof(
    fc.tuple(callingCode, digits).map(([code, rest]) => `+${code}${rest}`),
    digits.map((rest) => `+${rest}`),
    digits.map((rest) => `+229${rest.slice(0, 8)}`),
  );
  const country = fc.constantFrom(null, 'AR', 'BJ', 'BR', 'DE', 'IT', 'JP', 'MX', 'RU', 'US', 'XX');
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom(...Array.from('0123456789+() -./x#;,@٣')) }),
    number,
    digits,
  );

  test('gives a result, whose key is its own key and whose loose form is its own', () => {
    fc.assert(
      fc.property(text, country, (written, defaultCountry) => {
        const result = normalizePhone(written, { defaultCountry });
        if (!result.ok) return;
        expect(result.key).toMatch(/^\+[1-9]\d{4,16}$/);
        expect(normalizePhone(result.key)).toEqual({ ...result, extension: null });
        expect(looseOf(result.loose)).toBe(result.loose);
      }),
      { numRuns: 4_000 },
    );
  });

  test('is read alike however an international number is grouped', () => {
    fc.assert(
      fc.property(number, fc.constantFrom(' ', '-', '.', '\u00a0', '\u2013'), (written, separator) => {
        const grouped = written.replace(/(\d{3})(?=\d)/g, `$1${separator}`);
        expect(keyOf(grouped)).toBe(keyOf(written));
        expect(keyOf(`tel:${written}`)).toBe(keyOf(written));
      }),
      { numRuns: 1_000 },
    );
  });

  test.each(['1', '+', '(0)', '+1', ' ', 'x1', ',1', ';ext=', 'ext', '٣', '\u200d', '('])(
    'of a megabyte of %s is refused, not read',
    (part) => {
      const megabyte = part.repeat(1_000_000 / part.length);
      expect(normalizePhone(megabyte)).toEqual({ ok: false, reason: 'too_long' });
    },
  );
});
