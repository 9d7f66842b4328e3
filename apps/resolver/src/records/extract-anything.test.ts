import { testRuns } from '@kith/stack/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { extractIdentifiers, identifiersMax } from './extract.ts';
import { hintsOf } from './hints.ts';
import type { PipelineReading } from './pipeline.ts';

const types = ['email', 'phone', 'linkedin', 'url', 'text'] as const;
const pipeline: PipelineReading = {
  fields: types.map((type) => ({ key: type, type, identifies: true })),
  defaultCountry: 'BR',
};

/** Texts that look like what people write, and texts that do not. */
const piece = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.emailAddress(),
  fc.constantFrom(
    '+55 11 98765-4321',
    '020 7946 0958',
    '(11) 98765-4321',
    ';',
    ', ',
    ' / ',
    '<',
    '>',
    '@',
    '+',
  ),
  fc.constantFrom(
    'https://www.linkedin.com/in/ana-lima',
    'linkedin.com/company/x',
    'urn:li:member:7',
    'mailto:',
  ),
);
const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
const value = fc.oneof(
  fc.anything({ maxDepth: 8 }),
  text,
  fc.array(text, { maxLength: 5 }),
  fc.dictionary(
    fc.oneof(fc.constantFrom('value', 'label', 'number', 'countryCode', '__proto__'), fc.string()),
    text,
  ),
  fc.double(),
);
const record = fc.record({ email: value, phone: value, linkedin: value, url: value, text: value });

test('any value is read without a throw, always the same, and the fields stay as they came', () => {
  fc.assert(
    fc.property(record, (fields) => {
      const before = structuredCloneOrSame(fields);
      const first = extractIdentifiers(fields, pipeline);
      expect(extractIdentifiers(fields, pipeline)).toEqual(first);
      expect(fields).toEqual(before);
      expect(first.identifiers.length).toBeLessThanOrEqual(identifiersMax);
    }),
    { numRuns: testRuns(600) },
  );
});

test('what is extracted is normalised: read once more, alone, it gives itself', () => {
  fc.assert(
    fc.property(record, (fields) => {
      for (const { kind, value: found } of extractIdentifiers(fields, pipeline).identifiers) {
        const family = kind.startsWith('linkedin') ? 'linkedin' : kind;
        // A name with a dot in it is one in a URL only.
        const written = kind === 'linkedin_public' ? `linkedin.com/in/${encodeURIComponent(found)}` : found;
        const again = extractIdentifiers({ [family]: written }, pipeline).identifiers;
        expect(again).toEqual([{ kind, value: found, field: family }]);
      }
    }),
    { numRuns: testRuns(400) },
  );
});

test('any record and title give hints that an index can hold', () => {
  fc.assert(
    fc.property(record, fc.option(fc.string({ unit: 'binary', maxLength: 1000 })), (fields, title) => {
      for (const { key, shown } of hintsOf(title, extractIdentifiers(fields, pipeline))) {
        expect(Buffer.byteLength(key + shown)).toBeLessThanOrEqual(1_500);
        expect(Array.from(shown).length).toBeLessThanOrEqual(300);
      }
    }),
  );
});

test.each([
  ['digits', '1'],
  ['at signs', '@'],
  ['pluses', '+1'],
  ['brackets', '('],
  ['words and numbers', 'ab 123456 '],
  ['numbers in a row', '020 7946 0958 '],
  ['exclamation marks before an address', '!'],
  ['LinkedIn, over and over', 'linkedin.com/in/'],
  ['urns', 'urn:li:'],
  ['commas', ','],
  ['spaces', ' '],
])('a field of a megabyte of %s is read in bounded work', (_, unit) => {
  // Fifty texts of the longest length that is read: quadratic work would take minutes and run into the timeout.
  const long = Array.from({ length: 50 }, () => `${unit.repeat(19_900 / unit.length)}a@b`);
  for (const type of types) extractIdentifiers({ [type]: long }, pipeline);
});

function structuredCloneOrSame(fields: Record<string, unknown>): Record<string, unknown> {
  try {
    return structuredClone(fields);
  } catch {
    // A function or a symbol cannot be cloned; it cannot come in JSON either.
    return fields;
  }
}
