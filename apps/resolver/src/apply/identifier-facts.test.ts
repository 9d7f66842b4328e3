import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  combineFacts,
  type IdentifierFacts,
  isChange,
  isShownChange,
  noName,
  shownNature,
} from './identifier-facts.ts';

const instant = fc.integer({ min: 0, max: 3 }).map((second) => `2026-03-01T08:00:0${second}.000Z`);
const name = fc.oneof(
  fc.constant(noName),
  fc.record({
    displayName: fc.constantFrom('Ana', 'Ana Lima', '\u{1F600}', '\uFF21'),
    namedBySelf: fc.boolean(),
    namedAt: instant,
  }),
);
const rest = fc.record({
  nature: fc.constantFrom('person' as const, 'role' as const, 'list' as const, 'machine' as const),
  firstSeenAt: instant,
  seenByWebhook: fc.boolean(),
  wroteAsPerson: fc.boolean(),
});
const facts: fc.Arbitrary<IdentifierFacts> = fc.tuple(name, rest).map(([a, b]) => ({ ...a, ...b }));

test('combining is commutative, associative and idempotent', () => {
  fc.assert(
    fc.property(facts, facts, facts, (a, b, c) => {
      expect(combineFacts(a, b)).toEqual(combineFacts(b, a));
      expect(combineFacts(combineFacts(a, b), c)).toEqual(combineFacts(a, combineFacts(b, c)));
      expect(isChange(a, combineFacts(a, a))).toBe(false);
    }),
  );
});

const said = (overrides: Partial<IdentifierFacts>): IdentifierFacts => ({
  displayName: 'Ana',
  namedBySelf: false,
  namedAt: '2026-03-01T08:00:00.000Z',
  nature: 'person',
  firstSeenAt: '2026-03-02T08:00:00.000Z',
  seenByWebhook: false,
  wroteAsPerson: false,
  ...overrides,
});

test.each([
  [
    'a name given by oneself wins over a newer one',
    { namedBySelf: true },
    { namedAt: '2026-03-09T08:00:00.000Z' },
  ],
  ['the newest of names by others wins', { namedAt: '2026-03-09T08:00:00.000Z' }, { displayName: 'Zoe' }],
  ['any name wins over none', {}, noName],
  [
    'of equally old names the greater by its bytes wins',
    { displayName: '\u{1F600}' },
    { displayName: '\uFF21' },
  ],
])('%s', (_, winner, loser) => {
  const won = combineFacts(said(loser), said(winner));
  expect(won.displayName).toBe(said(winner).displayName);
});

test('the stronger nature, the earliest time and any webhook remain', () => {
  const combined = combineFacts(
    said({ nature: 'list', seenByWebhook: true }),
    said({ nature: 'machine', firstSeenAt: '2026-03-01T08:00:00.000Z' }),
  );
  expect(combined).toMatchObject({
    nature: 'machine',
    seenByWebhook: true,
    firstSeenAt: '2026-03-01T08:00:00.000Z',
  });
});

test('when something was seen first does not change what is shown', () => {
  const before = said({});
  const after = said({ firstSeenAt: '2026-03-01T08:00:00.000Z' });
  expect([isChange(before, after), isShownChange(before, after)]).toEqual([true, false]);
  expect(isShownChange(before, said({ nature: 'role' }))).toBe(true);
});

test('who has written as a person is one, whatever the headers of others claim', () => {
  expect(shownNature(said({ nature: 'list' }))).toBe('list');
  expect(shownNature(combineFacts(said({ nature: 'list' }), said({ wroteAsPerson: true })))).toBe('person');
  expect(shownNature(said({ nature: 'role', wroteAsPerson: true }))).toBe('role');
});
