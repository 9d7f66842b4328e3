import type { Sync, SyncPart } from '@kith/client';
import { expect, test } from 'vitest';
import { progressOf, progressText } from './progress.ts';

const at = '2026-11-26T00:00:00.000Z';
const part = (fields: Partial<SyncPart>): SyncPart => ({
  accountId: 'mailbox',
  channel: 'email',
  provider: 'unipile',
  state: 'running',
  reason: null,
  detail: null,
  todo: null,
  retryAt: null,
  pages: 0,
  fetched: 0,
  total: null,
  stored: 0,
  duplicate: 0,
  ignored: 0,
  deadLettered: 0,
  missingMessageIds: [],
  oldestAt: null,
  newestAt: null,
  updatedAt: at,
  ...fields,
});
const syncOf = (...parts: SyncPart[]): Sync => ({
  syncId: 's',
  scope: 'record',
  recordId: '93',
  accountId: null,
  state: 'running',
  requestedAt: at,
  finishedAt: null,
  parts,
});

test('a sync is as far as the accounts that are asked are, on the mean', () => {
  const done = part({ state: 'completed' });
  const impossible = part({ state: 'not_possible' });
  expect(progressOf(syncOf(done, part({}), impossible))).toBe(500);
  expect(progressOf(syncOf(done, impossible))).toBe(1_000);
  expect(progressOf(syncOf(impossible))).toBe(1_000);
  expect(progressOf(syncOf(part({ fetched: 25, total: 100 })))).toBe(250);
});

test('a part whose length nobody knows comes closer to the end and does not reach it', () => {
  const shares = [1, 4, 20, 1_000].map((pages) => progressOf(syncOf(part({ pages }))));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares[1]).toBe(500);
  expect(shares.at(-1)).toBeLessThan(1_000);
  expect(progressOf(syncOf(part({ fetched: 120, total: 100 })))).toBeLessThan(1_000);
});

test('in words it says how much came, and who waits', () => {
  const waiting = part({ accountId: 'jo', state: 'waiting' });
  expect(progressText(syncOf(part({ fetched: 12, stored: 3 }), waiting))).toBe(
    '12 messages, 3 new; jo waits',
  );
});
