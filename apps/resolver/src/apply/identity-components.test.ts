import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findIdentities, type IdentityInput } from './identity-components.ts';
import { planMerges } from './place-identities.ts';

/** What the identities are, in an order of their own: `keys | participants`. */
function identitiesOf(input: Partial<IdentityInput>): string[] {
  const known = input.known ?? new Map<string, string>();
  const groups = input.groups ?? [];
  const keys = input.keys ?? [...known.keys(), ...groups.flat()];
  return findIdentities({ ...input, keys, groups, known })
    .map(
      ({ keys: own, participantIds }) =>
        `${own.toSorted().join(' ')} | ${participantIds.toSorted().join(' ')}`,
    )
    .toSorted();
}

test('what is named together is one, and what is known as one stays one', () => {
  expect(identitiesOf({ groups: [['a', 'b'], ['b', 'c'], ['d']] })).toEqual(['a b c | ', 'd | ']);
  const known = new Map([
    ['a', 'P'],
    ['b', 'P'],
    ['c', 'Q'],
  ]);
  expect(identitiesOf({ known, groups: [['b', 'x']] })).toEqual(['a b x | P', 'c | Q']);
  expect(
    identitiesOf({
      known,
      groups: [
        ['a', 'x'],
        ['x', 'c'],
      ],
    }),
  ).toEqual(['a b c x | P Q']);
});

test('what a person keeps apart is joined by nothing, and everything else still is', () => {
  const known = new Map([
    ['a', 'P'],
    ['b', 'Q'],
    ['c', 'R'],
  ]);
  const apart = [['P', 'Q']] as const;
  expect(identitiesOf({ known, apart, groups: [['a', 'b']] })).toEqual(['a | P', 'b | Q', 'c | R']);
  // Through a third, too: the first in order is joined, the other is left out.
  expect(
    identitiesOf({
      known,
      apart,
      groups: [
        ['b', 'c'],
        ['a', 'c'],
      ],
    }),
  ).toEqual(['a c | P R', 'b | Q']);
  // Within one group, whoever comes first in it.
  expect(identitiesOf({ known, apart, groups: [['b', 'x', 'a']] })).toEqual(['a x | P', 'b | Q', 'c | R']);
  expect(identitiesOf({ known, apart, groups: [['a', 'b', 'c']] })).toEqual(['a c | P R', 'b | Q']);
});

test('the identities are the same in every order, also where a person keeps some apart', () => {
  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  const participant = fc.constantFrom('P', 'Q', 'R', 'S');
  const input = fc.record({
    known: fc.dictionary(key, participant).map((found) => new Map(Object.entries(found))),
    groups: fc.array(fc.uniqueArray(key, { minLength: 2, maxLength: 3 }), { maxLength: 6 }),
    apart: fc.array(
      fc.tuple(participant, participant).filter(([a, b]) => a < b),
      { maxLength: 3 },
    ),
  });
  const withOrder = input.chain((given) =>
    fc.tuple(fc.constant(given), fc.shuffledSubarray(given.groups, { minLength: given.groups.length })),
  );
  fc.assert(
    fc.property(withOrder, ([given, shuffled]) => {
      const expected = identitiesOf(given);
      expect(identitiesOf({ ...given, groups: shuffled.map((group) => group.toReversed()) })).toEqual(
        expected,
      );
      for (const identity of expected) {
        const together = new Set((identity.split(' | ')[1] ?? '').split(' '));
        expect(given.apart.filter(([a, b]) => together.has(a) && together.has(b))).toEqual([]);
      }
    }),
  );
});

test('the oldest participant stays, and of equally old ones the one with the smallest id', () => {
  const createdAt = new Map([
    ['A', '2026-03-02T08:00:00.000Z'],
    ['B', '2026-03-01T08:00:00.000Z'],
    ['C', '2026-03-01T08:00:00.000Z'],
  ]);
  const identities = [
    { keys: [], participantIds: ['A', 'C', 'B'] },
    { keys: [], participantIds: ['A'] },
    { keys: [], participantIds: [] },
  ];
  expect(planMerges(identities, createdAt)).toEqual([{ into: 'B', from: ['C', 'A'] }]);
});
