import type { Coverage, SyncPart } from '@kith/client';
import { expect, test } from 'vitest';
import { coverageInWords, partInWords } from './sync-words.ts';

const now = new Date('2026-11-22T12:00:00');
const part: SyncPart = {
  accountId: 'support',
  channel: 'email',
  provider: 'mime',
  state: 'running',
  reason: null,
  detail: null,
  todo: null,
  retryAt: null,
  pages: 1,
  fetched: 120,
  total: 4_000,
  stored: 100,
  duplicate: 20,
  ignored: 0,
  deadLettered: 0,
  missingMessageIds: [],
  oldestAt: null,
  newestAt: null,
  updatedAt: now.toISOString(),
};
const coverage: Coverage = {
  accountId: 'support',
  channel: 'email',
  provider: 'mime',
  state: 'partial',
  reason: null,
  detail: null,
  todo: null,
  since: null,
  until: null,
  liveSince: '2026-11-20T12:00:00',
  missingIdentifiers: [],
  syncId: null,
};

test('a part of a sync tells how far it is, and what holds it up', () => {
  expect(partInWords(part, now)).toBe('120 of 4,000 messages fetched');
  expect(partInWords({ ...part, total: null }, now)).toBe('120 messages fetched so far');
  const waiting = { ...part, state: 'waiting', todo: 'nothing', retryAt: '2026-11-22T14:05:00' } as const;
  expect(partInWords(waiting, now)).toMatch(/^Waiting until 14:05|^Waiting until 02:05/);
  expect(partInWords({ ...part, state: 'completed' }, now)).toBe('Done: 120 messages, 100 of them new');
  expect(partInWords({ ...part, state: 'failed', todo: 'sync again' }, now)).toContain('sync again');
});

test('what was fetched of the past is said with what is missing', () => {
  const since = '2026-03-03T12:00:00';
  expect(coverageInWords({ ...coverage, since }, now)).toBe('Fetched from 3 Mar on');
  expect(coverageInWords({ ...coverage, missingIdentifiers: ['a@b.c'] }, now)).toBe('Fetched, not for a@b.c');
  expect(coverageInWords({ ...coverage, state: 'none' }, now)).toContain('Not fetched yet');
  expect(coverageInWords({ ...coverage, state: 'complete' }, now)).toBe('All of its past is here');
});
