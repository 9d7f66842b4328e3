import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginningOf, findFragments } from './fragments.ts';
import { readQuery } from './query.ts';

const options = { language: null, countMax: 3, charsMax: 60 };
const marked = (text: string, typed: string): string[] => {
  const query = readQuery(typed);
  const found = query === null ? [] : findFragments(text, query, options);
  return found.map((parts) => parts.map((part) => (part.match ? `[${part.text}]` : part.text)).join(''));
};

test('the densest stretches are shown, each once, with what stands around them', () => {
  const filler = 'nothing to see here '.repeat(8);
  const text = `${filler}red alone ${filler}red and blue together ${filler}blue alone ${filler}red again`;
  const found = marked(text, 'red blue');
  expect(found).toHaveLength(3);
  expect(found.join(' … ')).toContain('[red] and [blue] together');
  expect(marked('x', 'red')).toEqual([]);
});

test('a part is cut between characters, whatever they are, and holds only what is written', () => {
  const piece = fc.constantFrom(
    'red ',
    '👩‍👩‍👧',
    '👍🏽',
    'e\u0301',
    '東京',
    '\ud83d',
    'ไม้',
    '<b>',
    '\n',
    'aaaaaaaaaaaaaaaaaaaaaaaa',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 120 }), (pieces) => {
      const text = pieces.join('');
      const shown = [
        ...marked(text, 'red 東京').map((one) => one.replace(/[[\]]/g, '')),
        ...beginningOf(text, 60).map((part) => part.text),
      ];
      for (const one of shown) {
        expect(text.replace(/\s+/g, ' ')).toContain(one);
        if (text.isWellFormed()) expect(one.isWellFormed()).toBe(true);
        expect(one.startsWith('\u200d') || one.startsWith('\u0301')).toBe(false);
      }
    }),
    { numRuns: 200 },
  );
});
