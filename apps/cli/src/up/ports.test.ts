import { expect, test } from 'vitest';

import { readPortBase } from './ports.ts';
import { SERVICES } from './services.ts';

test('the base port is 4400 unless KITH_PORT_BASE names another', () => {
  expect(readPortBase({})).toBe(4400);
  expect(readPortBase({ KITH_PORT_BASE: '' })).toBe(4400);
  expect(readPortBase({ KITH_PORT_BASE: '5500' })).toBe(5500);
});

test.each(['80', '65500', 'web', '44.5'])(
  'a base port of %s is refused with the range that is possible',
  (given) => {
    expect(() => readPortBase({ KITH_PORT_BASE: given })).toThrow(/from 1024 to 65436/);
  },
);

test('no two services share a port or a name in local.json', () => {
  const offsets = SERVICES.map(({ portOffset }) => portOffset);
  const keys = SERVICES.map(({ urlKey }) => urlKey);
  expect(new Set([...offsets, 20, 30]).size).toBe(SERVICES.length + 2);
  expect(new Set(keys).size).toBe(SERVICES.length);
});
