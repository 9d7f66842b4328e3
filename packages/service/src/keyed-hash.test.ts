import { expect, test } from 'vitest';
import { createKeyedHash } from './keyed-hash.ts';

const key = (byte: number): string => Buffer.alloc(32, byte).toString('base64');

test('a hash follows from the name, the purpose and the key, and from nothing else', () => {
  const hash = createKeyedHash(key(1), 'erasure');
  expect(hash('acme', 'phone')).toBe(createKeyedHash(key(1), 'erasure')('acme', 'phone'));
  const others = [
    hash('acme', 'phone', ''),
    hash('acmep', 'hone'),
    createKeyedHash(key(2), 'erasure')('acme', 'phone'),
    createKeyedHash(key(1), 'other')('acme', 'phone'),
  ];
  expect(new Set([hash('acme', 'phone'), ...others]).size).toBe(5);
});

test('a key of another length is refused with what to do', () => {
  expect(() => createKeyedHash('c2hvcnQ=', 'erasure')).toThrow(/openssl rand/);
});
