import { DeadLetterReason, IgnoredReason, SyncReason, syncReasons } from '@kith/contracts';
import { expect, test } from 'vitest';
import {
  counted,
  deadLetterInWords,
  differenceOf,
  hasDelivered,
  ignoredInWords,
  isQuiet,
  outcomeInWords,
  progressInWords,
  syncReasonInWords,
  syncTodoInWords,
} from './words.ts';

test('every reason of the services has words of its own', () => {
  for (const reason of IgnoredReason.options) expect(ignoredInWords(reason)).not.toContain('_');
  for (const reason of DeadLetterReason.options) expect(deadLetterInWords(reason)).not.toContain('_');
  for (const reason of SyncReason.options) expect(syncReasonInWords(reason)).not.toContain('_');
  expect(ignoredInWords('reason_of_tomorrow')).toBe('reason of tomorrow');
});

test('what to do about a sync is said for a page, not for a program', () => {
  for (const reason of SyncReason.options) {
    const todo = syncTodoInWords({ reason, todo: syncReasons[reason].todo });
    expect(todo).not.toMatch(/accounts\.upsert|settings\.|secrets\./);
    expect(todo).toMatch(/^[A-Z].*\.$/s);
  }
  expect(syncTodoInWords({ reason: null, todo: null })).toBeNull();
});

test('counts are told with their unit', () => {
  expect(counted(1, 'page')).toBe('1 page');
  expect(counted(1204, 'page')).toBe('1,204 pages');
  expect(progressInWords({ fetched: 340, total: 1200, pages: 4 })).toBe('340 of about 1,200 messages');
  expect(progressInWords({ fetched: 340, total: null, pages: 1 })).toBe('1 page, 340 messages');
  expect(outcomeInWords({ stored: 3, duplicate: 0, ignored: 0, deadLettered: 1 })).toBe(
    '3 new, 1 dead letter',
  );
  expect(outcomeInWords({ stored: 0, duplicate: 0, ignored: 0, deadLettered: 0 })).toBeNull();
});

test('an account is quiet after a week without a delivery, unless it never posts', () => {
  const now = new Date('2026-11-26T12:00:00.000Z');
  const lastDeliveryAt = '2026-11-19T11:59:59.000Z';
  expect(isQuiet({ provider: 'meta', lastDeliveryAt }, now)).toBe(true);
  expect(isQuiet({ provider: 'imap', lastDeliveryAt }, now)).toBe(false);
  expect(isQuiet({ provider: 'meta', lastDeliveryAt: null }, now)).toBe(false);
  expect(isQuiet({ provider: 'meta', lastDeliveryAt: '2026-11-20T12:00:00.000Z' }, now)).toBe(false);
});

test('an account works once something came since it was connected, not by what came before it was away', () => {
  const createdAt = '2026-11-26T12:00:00.000Z';
  expect(hasDelivered({ createdAt, lastDeliveryAt: null })).toBe(false);
  expect(hasDelivered({ createdAt, lastDeliveryAt: '2026-11-26T11:59:59.999Z' })).toBe(false);
  expect(hasDelivered({ createdAt, lastDeliveryAt: '2026-11-26T12:00:01.000Z' })).toBe(true);
});

test('the terms of the accounting add up, or what is missing is told', () => {
  const counts = { accepted: 10, stored: 5, duplicate: 2, ignored: 1, deadLettered: 1, pending: 1 };
  expect(differenceOf(counts)).toBe(0);
  expect(differenceOf({ ...counts, stored: 3 })).toBe(2);
});
