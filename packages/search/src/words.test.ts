import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readWords, textCharsMax } from './words.ts';

const formsOf = (text: string): string[] => readWords(text).map(({ form }) => form);

describe('a word is read', () => {
  test.each([
    [
      'without case and accents, also where these are letters of their own',
      'Größe ÇA İş ŁÓDŹ Ёлка Άλφα',
      'grosse ca is lodz елка αλφα',
    ],
    ['in its compatibility form', 'Ａｎａ ﬁle', 'ana file'],
    ['with the marks that belong to its script', 'がく ไม้', 'がく く ไม้'],
    ['across hyphens that nobody sees', 'in\u00advoice', 'invoice'],
    ['in pairs where characters are words', '東京都 猫', '東京 京都 都 猫'],
    ['by its parts and as a whole', 'offer_v2.pdf', 'offer v2 pdf offer_v2.pdf'],
    ['as an address with its domain', '<Ana@Lima.example>', 'ana lima example ana@lima.example lima.example'],
    ['as a number however it is grouped', '+55 (11) 98765-4321', '55 11 98765 4321 5511987654321'],
    ['as digits of another script', '٤٧١١', '4711'],
  ])('%s', (_, text, forms) => {
    expect(formsOf(text).join(' ')).toBe(forms);
  });

  test('not as one with what a hyphen or a full stop joins to it', () => {
    expect(formsOf('well-known. 1 2')).toEqual(['well', 'known', '1', '2']);
  });
});

test('every word stands where it says, in order, and is no longer than a word may be', () => {
  const anything = fc.array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 8 }),
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        'a.b@c.d',
        '+55 11 98765-4321',
        '東京',
        'ไทย',
        '\ud83d',
        'ﷺ',
        'x'.repeat(99),
        ' ',
        '\n',
      ),
    ),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(anything, (parts) => {
      const text = parts.join('');
      let place = 0;
      for (const word of readWords(text)) {
        expect(word.form).not.toBe('');
        expect(word.form.length).toBeLessThanOrEqual(64);
        expect(word.form.isWellFormed()).toBe(true);
        expect(word.start).toBeLessThan(word.end);
        expect(word.end).toBeLessThanOrEqual(text.length);
        if (!word.isWhole) expect(word.place).toBe((place += 1));
      }
    }),
    { numRuns: 300 },
  );
});

/** Less than this says nothing of how work grows (milliseconds of the processor). */
const tellingMs = 100;

/** Of several times: what runs at first is compiled as it runs, and memory is cleared now and then. */
const leastMs = (text: string): number => Math.min(...[1, 2, 3].map(() => processorMs(text)));

function processorMs(text: string): number {
  const before = process.cpuUsage();
  readWords(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

test.each([
  'a.',
  '1 ',
  'a@',
  '1-1 ',
  '東',
  'ไทย',
  'e\u0301',
  '\u0301\u0323',
  'ﷺ',
  'x',
  '\ud83d',
  '@',
  'a\u200d',
])('the work grows with the length of a text of %j, not with its square', (piece) => {
  const text = piece.repeat(Math.ceil(textCharsMax / piece.length));
  const quarter = leastMs(text.slice(0, textCharsMax / 4));
  const whole = leastMs(text);
  expect(whole < tellingMs ? 1 : whole / quarter).toBeLessThan(10);
});
