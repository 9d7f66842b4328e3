import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizeEmail } from './email.ts';

const keyOf = (text: string): string => {
  const result = normalizeEmail(text);
  return result.ok ? result.key : result.reason;
};
const looseOf = (text: string): string => {
  const result = normalizeEmail(text);
  return result.ok ? result.loose : result.reason;
};

test.each([
  ['Ana.Lima@Example.COM', 'ana.lima@example.com'],
  [' <ana@lima.example> ', 'ana@lima.example'],
  ['mailto:ana@lima.example', 'ana@lima.example'],
  ['ana@lima.example (Ana Lima)', 'ana@lima.example'],
  ['ana+news@lima.example', 'ana+news@lima.example'],
  ['ana@lima.example.', 'ana@lima.example'],
  ['ana@MÜNCHEN.de', 'ana@xn--mnchen-3ya.de'],
  ['ana@faß.de', 'ana@xn--fa-hia.de'],
  ['Pele\u0301@example.com', 'pel\u00e9@example.com'],
  ['"ana.lima"@lima.example', 'ana.lima@lima.example'],
  ['ana..lima@example.com', 'ana..lima@example.com'],
  ["o'neil@example.com", "o'neil@example.com"],
  ['root@[192.168.1.1]', 'root@[192.168.1.1]'],
])('the key of %s is %s', (text, key) => {
  expect(keyOf(text)).toBe(key);
});

test.each([
  ['', 'empty'],
  ['   ', 'empty'],
  ['Ana Lima', 'no_at_sign'],
  ['@lima.example', 'bad_local_part'],
  ['ana lima@lima.example', 'bad_local_part'],
  ['a@b@lima.example', 'bad_local_part'],
  [`${'a'.repeat(65)}@lima.example`, 'bad_local_part'],
  ['ana@', 'bad_domain'],
  ['ana@-lima.example', 'bad_domain'],
  ['ana@lima..example', 'bad_domain'],
  ['ana@1.2.3.4', 'bad_domain'],
  ['ana@lima.example/path', 'bad_domain'],
  [`ana@${'lima.'.repeat(60)}example`, 'bad_domain'],
])('%s is no address: %s', (text, reason) => {
  expect(keyOf(text)).toBe(reason);
});

test('loose keys take away plus tags, and Gmail’s dots and its other name', () => {
  expect(looseOf('ana+news@lima.example')).toBe('ana@lima.example');
  expect(looseOf('ana.lima+x@googlemail.com')).toBe('analima@gmail.com');
  expect(looseOf('ana.lima@workspace.example')).toBe('ana.lima@workspace.example');
});

test('any text gives a result, and a key is its own key', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.emailAddress()), (text) => {
      const first = normalizeEmail(text);
      if (!first.ok) return;
      expect(normalizeEmail(first.key)).toMatchObject({ ok: true, key: first.key });
      expect(first.key).not.toMatch(/[\s\p{Cc}<>]/u);
    }),
    { numRuns: 2_000 },
  );
});

test('a megabyte of text is refused, not read', () => {
  expect(normalizeEmail('a@'.repeat(500_000)).ok).toBe(false);
});
