import type { ErrorCode } from '@kith/client';
import { describe, expect, test } from 'vitest';
import { describeFailure, isMissing, isRefused, isWorthRetrying, NotPossible } from './failure.ts';

const answered = (code: ErrorCode) =>
  Object.assign(new Error('as told'), { data: { kith: { code, field: null, issues: [] } } });
const unanswered = new TypeError('Failed to fetch');

describe('a failure in words', () => {
  test.each([
    ['no network', unanswered, false, 'offline'],
    ['no answer', unanswered, true, 'unreachable'],
    ['a service that is starting', answered('unavailable'), true, 'unreachable'],
    ['a wrong key', answered('unauthorized'), true, 'refused'],
    ['a deleted record', answered('record_not_found'), true, 'missing'],
    ['a record that was merged into another', answered('record_merged'), true, 'merged'],
    ['a record that was deleted since', answered('record_deleted'), true, 'missing'],
    ['somebody who was erased', answered('participant_not_found'), true, 'missing'],
    ['an entry that was undone already', answered('already_undone'), true, 'undone'],
    ['the own team', answered('participant_internal'), true, 'internal'],
    ['what no service told', new NotPossible('as told'), true, 'other'],
    ['anything else', answered('internal'), true, 'other'],
  ] as const)('%s says what to do', (_, err, isOnline, kind) => {
    const failure = describeFailure(err, isOnline);
    expect(failure.kind).toBe(kind);
    expect(failure.advice).not.toBe('');
  });

  test('what stands in the way of an undoing is told without the numbers of entries', () => {
    const err = Object.assign(new Error('a person decided again since, in entry 12: undo that one first'), {
      data: { kith: { code: 'undo_conflict', field: null, issues: [] } },
    });
    expect(describeFailure(err, true).advice).toBe('A person decided again since: undo that one first.');
  });

  test('only what may pass by itself is tried again', () => {
    expect([unanswered, answered('unavailable'), answered('internal')].every(isWorthRetrying)).toBe(true);
    expect([answered('bad_input'), answered('unauthorized')].some(isWorthRetrying)).toBe(false);
  });

  test('a record that was deleted or merged is not there any more', () => {
    expect([answered('record_not_found'), answered('record_merged')].every(isMissing)).toBe(true);
    expect([answered('unavailable'), unanswered].some(isMissing)).toBe(false);
  });

  test('a key is refused by its own code and by nothing else', () => {
    expect(isRefused(answered('unauthorized'))).toBe(true);
    expect([answered('record_not_found'), unanswered, null, 'text'].some(isRefused)).toBe(false);
  });
});
