import type { ReviewItem } from '@kith/client';
import { describe, expect, test } from 'vitest';
import { choicesOf, withoutChoice } from './choices.ts';
import { afterLeaving, at, lookedAt, moved } from './moving.ts';

const item = (id: string, more: Partial<ReviewItem> = {}): ReviewItem => ({
  participant: {
    id,
    channel: 'email',
    identifier: `${id}@lima.example`,
    displayName: null,
    recordId: null,
    status: 'ambiguous',
    confidence: null,
    method: null,
    resolvedAt: null,
    nature: 'person',
    contested: false,
  },
  reason: 'ambiguous',
  messageCount: 1,
  lastMessageAt: null,
  candidates: [],
  candidateCount: 0,
  suggestions: [],
  ...more,
});

const candidate = (recordId: string) => ({ recordId, title: recordId, evidence: [] });
const suggestion = (recordId: string) => ({ recordId, title: recordId, score: 0.7, evidence: [] });
const ambiguous = (...ids: string[]) =>
  item('a', { candidates: ids.map(candidate), candidateCount: ids.length, suggestions: [suggestion('s')] });
const contested = (...ids: string[]) => {
  const one = ambiguous(...ids);
  const participant = { ...one.participant, recordId: 'now', contested: true };
  return { ...one, reason: 'contested' as const, participant };
};

describe('what one can choose', () => {
  test('begins with the link that stands; who holds an identifier comes before who may be meant', () => {
    const choices = choicesOf(contested('1', '2'));
    expect(choices.map(({ recordId, kind }) => [recordId, kind])).toEqual([
      ['now', 'linked'],
      ['1', 'candidate'],
      ['2', 'candidate'],
      ['s', 'suggestion'],
    ]);
  });

  test('ruling out one of two candidates settles it, one of three does not', () => {
    expect(withoutChoice(ambiguous('1', '2'), '1')).toBeNull();
    expect(withoutChoice(ambiguous('1', '2', '3'), '1')?.candidates.map(({ recordId }) => recordId)).toEqual([
      '2',
      '3',
    ]);
  });

  test('ruling out a suggestion leaves the rest as it is', () => {
    expect(withoutChoice(ambiguous('1', '2'), 's')).toEqual({ ...ambiguous('1', '2'), suggestions: [] });
  });

  test('a contested link stands once nobody else claims it, and ruling it out settles it too', () => {
    expect(withoutChoice(contested('1'), '1')).toBeNull();
    expect(withoutChoice(contested('1', '2'), '1')?.candidateCount).toBe(1);
    expect(withoutChoice(contested('1'), 'now')).toBeNull();
  });

  test('of a contested link that is ruled out nothing decides between several others', () => {
    expect(withoutChoice(contested('1', '2'), 'now')).toMatchObject({
      reason: 'ambiguous',
      participant: { recordId: null, status: 'ambiguous', contested: false },
    });
  });
});

describe('what is looked at', () => {
  const items = ['a', 'b', 'c', 'd'].map((id) => item(id));
  const idOf = (held: ReturnType<typeof at>) => held?.item.participant.id;
  const without = (...ids: string[]) => items.filter(({ participant }) => !ids.includes(participant.id));

  test('stays when the list changes around it, and when it leaves the list', () => {
    const held = at(items, 2);
    expect(lookedAt(without('a'), held)?.index).toBe(1);
    expect(idOf(lookedAt(without('c'), held))).toBe('c');
  });

  test('moves to the neighbours, and not beyond the ends', () => {
    expect(idOf(moved(items, at(items, 0), 1))).toBe('b');
    expect(idOf(moved(items, at(items, 0), -1))).toBe('a');
    expect(idOf(moved(items, at(items, 3), 1))).toBe('d');
    expect(idOf(moved(items, null, 1))).toBe('a');
  });

  test('goes on from the place of one that has left', () => {
    expect(idOf(moved(without('b'), at(items, 1), 1))).toBe('c');
    expect(idOf(moved(without('b'), at(items, 1), -1))).toBe('a');
  });

  test('is the next one after a decision, or the last before it at the end', () => {
    const leaving = (...ids: string[]) => new Set(ids);
    expect(idOf(afterLeaving(items, at(items, 1), leaving('b')))).toBe('c');
    expect(afterLeaving(items, at(items, 1), leaving('b'))?.index).toBe(1);
    expect(idOf(afterLeaving(items, at(items, 3), leaving('d', 'c')))).toBe('b');
    expect(idOf(afterLeaving(items, at(items, 0), leaving('b')))).toBe('a');
    expect(afterLeaving(items, at(items, 0), leaving('a', 'b', 'c', 'd'))).toBeNull();
  });
});
