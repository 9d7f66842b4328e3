import { describe, expect, test } from 'vitest';
import { nameQuery, nameVector } from './names.ts';
import { readQuery } from './query.ts';
import { spansOf } from './scope.ts';
import { stemOf } from './stems.ts';
import { messageVector } from './vector.ts';

const place = { workspace: 'acme', channel: 'email', sentAt: '2026-04-15T10:00:00.000Z' };

test('a message has its time, its words as they are written, and their stems in its language', () => {
  const vector = messageVector(place, {
    subject: 'Invoices',
    people: ['Ana'],
    body: 'We are sending the invoices again.',
  });
  for (const part of [
    `'@acme/email/2026-04-15':1D '@acme/email/2026-04':1D '@acme/email/2026':1D`,
    `'invoices':1A,11C`,
    `'en~invoic':1A,11D`,
    `'ana':4B`,
    `'sending':9C 'en~send':9D`,
  ]) {
    expect(vector).toContain(part);
  }
});

test('a vector stays within what Postgres takes, whatever the text', () => {
  for (const letter of ['東', 'a ', 'ß1 ', '\u{20000}']) {
    const body = Array.from({ length: 30_000 }, (_, n) => `${letter}${n.toString(36)} `).join('');
    expect(Buffer.byteLength(messageVector(place, { subject: null, people: [], body }))).toBeLessThan(
      1_500_000,
    );
  }
});

test('a stem is of its language: what another language makes of a name is not found by it', () => {
  expect(stemOf('running', 'en')).toBe('en~run');
  expect(stemOf('договоры', 'ru')).toBe('ru~договор');
  expect(stemOf('running', 'ru')).toBe('');
  expect(readQuery('ana')?.forms.has('an')).toBe(false);
});

describe('a query', () => {
  test.each(['', '"', '-a', 'or', ':* & | !', "'", '-"a b"', '%'])('%j looks for nothing', (typed) => {
    expect(readQuery(typed)).toBeNull();
  });

  test('takes no sign for more than a sign', () => {
    for (const typed of ["a'b", 'a\\', 'a:*', '!a', 'a & b', 'a <-> b', '(a', "a' | 'b"]) {
      const signs = readQuery(typed)
        ?.text.replace(/'[\p{L}\p{N}.@_+~-]+'/gu, '')
        .replace(/ <\d+> | [&|] |[()]/g, '');
      expect([typed, signs]).toEqual([typed, '']);
    }
  });
});

test('spans follow each other without a gap, by days, months and years, and end where they are told to', () => {
  const scope = { workspace: 'acme', channels: ['email'], newest: '2026-03-02T10:00:00.000Z' };
  const spans = spansOf(scope).map((span) => span.slice("'@acme/email/".length, -1));
  expect(spans.slice(0, 3)).toEqual(['2026-03-02', '2026-03-01', '2026-02-28']);
  expect(spans.slice(29, 32)).toEqual(['2026-02-01', '2026-01', '2025-12']);
  expect(spans.slice(-3)).toEqual(['2001', '2000', 'old']);
  expect(new Set(spans).size).toBe(spans.length);
  expect(spans).toContain('2022');
  expect(spans).not.toContain('2022-12');
  expect(spansOf({ ...scope, oldest: '2026-02-28T23:59:59.999Z' })).toHaveLength(3);
  expect(spansOf({ ...scope, newest: '1970-01-01T00:00:00.000Z' })).toEqual(["'@acme/email/old'"]);
});

test('names are looked for behind their workspace, and a number by any of its digits but the last three', () => {
  expect(nameVector('acme', ['Ana', '+5511987654321'])).toContain(
    `'acme ana' 'acme 5511987654321' 'acme 511987654321'`,
  );
  expect(nameQuery('acme', 'An 98765')).toBe(`'acme an':* & 'acme 98765':*`);
  expect(nameQuery('acme', '%')).toBeNull();
});
