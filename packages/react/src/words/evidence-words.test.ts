import { expect, test } from 'vitest';
import { evidenceInWords, likelihood, phraseText, suggestionInWords } from './evidence-words.ts';

test('evidence names the value and the field that holds it', () => {
  const evidence = { kind: 'email', value: 'ana@lima.example', field: 'email' } as const;
  expect(phraseText(evidenceInWords(evidence))).toBe(
    'The email address ana@lima.example is in the record’s field “email”',
  );
});

test('a suggestion tells both values where they differ, and one where they do not', () => {
  const loose = { reason: 'loose_email', value: 'ana+x@lima.example', field: 'email' } as const;
  expect(phraseText(suggestionInWords({ ...loose, recordValue: 'ana@lima.example' }))).toBe(
    'Almost the same email address: ana+x@lima.example, and the record has ana@lima.example in its field “email”',
  );
  const signed = { reason: 'signature_phone', value: '+5511987654321', field: 'phone' } as const;
  expect(phraseText(suggestionInWords({ ...signed, recordValue: '+5511987654321' }))).toBe(
    'A phone number in their signature, +5511987654321, is in the record’s field “phone”',
  );
});

test('a score is told in a word', () => {
  expect([0.5, 0.69, 0.7, 0.97].map(likelihood)).toEqual(['Possible', 'Possible', 'Likely', 'Likely']);
});
