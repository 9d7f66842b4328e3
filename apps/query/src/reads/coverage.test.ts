import type { Identifier } from '@kith/contracts';
import { describe, expect, test } from 'vitest';
import { coverageOf, type CoveredAccount, type CoveringPart } from './coverage.ts';

const ana: Identifier = { kind: 'email', value: 'ana@lima.example' };
const second: Identifier = { kind: 'email', value: 'ana@new.example' };
const number: Identifier = { kind: 'phone', value: '+5511987654321' };

const account = (parts: CoveringPart[], overrides: Partial<CoveredAccount> = {}): CoveredAccount => ({
  accountId: 'mailbox',
  channel: 'email',
  provider: 'unipile',
  settings: {},
  liveSince: '2026-01-01T00:00:00.000Z',
  parts,
  ...overrides,
});

const part = (overrides: Partial<CoveringPart> = {}): CoveringPart => ({
  syncId: 's1',
  state: 'completed',
  reason: null,
  detail: null,
  identifiers: ['email ana@lima.example'],
  since: null,
  until: '2026-03-01T00:00:00.000Z',
  ...overrides,
});

describe('what an account has been asked of a record', () => {
  test('is nothing at first, and everything after a sync of all that it is known by', () => {
    expect(coverageOf(account([]), [ana, number])).toMatchObject({
      state: 'none',
      until: null,
      missingIdentifiers: ['ana@lima.example'],
    });
    expect(coverageOf(account([part()]), [ana, number])).toMatchObject({
      state: 'complete',
      since: null,
      until: '2026-03-01T00:00:00.000Z',
      missingIdentifiers: [],
      syncId: 's1',
    });
  });

  test('is a part when the record has come to be known by more, or when it was asked from a date only', () => {
    expect(coverageOf(account([part()]), [ana, second])).toMatchObject({
      state: 'partial',
      missingIdentifiers: ['ana@new.example'],
    });
    const since = '2026-02-01T00:00:00.000Z';
    expect(coverageOf(account([part({ since })]), [ana])).toMatchObject({ state: 'partial', since });
  });

  test('adds up over several syncs, and a sync of the whole account covers everybody', () => {
    const other = part({ identifiers: ['email ana@new.example'], until: '2026-04-01T00:00:00.000Z' });
    expect(coverageOf(account([other, part()]), [ana, second])).toMatchObject({
      state: 'complete',
      until: '2026-04-01T00:00:00.000Z',
    });
    expect(coverageOf(account([part({ identifiers: null })]), [ana, second])).toMatchObject({
      state: 'complete',
    });
  });

  test('is on its way while a sync runs, with why it waits', () => {
    const waiting = part({ state: 'waiting', reason: 'rate_limited', detail: 'answered 429' });
    expect(coverageOf(account([waiting]), [ana])).toMatchObject({
      state: 'pending',
      reason: 'rate_limited',
      detail: 'answered 429',
      todo: expect.any(String),
    });
  });

  test('has failed only where something is still missing', () => {
    const failed = part({ state: 'failed', reason: 'credentials_refused' });
    expect(coverageOf(account([failed]), [ana])).toMatchObject({
      state: 'failed',
      reason: 'credentials_refused',
    });
    expect(coverageOf(account([failed, part()]), [ana])).toMatchObject({ state: 'complete', reason: null });
  });

  test('is not possible where the provider gives none, or the account cannot know the record', () => {
    expect(coverageOf(account([], { provider: 'meta', channel: 'whatsapp' }), [number])).toMatchObject({
      state: 'not_possible',
      reason: 'history_by_webhook_only',
    });
    expect(coverageOf(account([], { provider: 'postmark' }), [ana])).toMatchObject({
      reason: 'no_history_api',
    });
    const withMailbox = account([], { provider: 'postmark', settings: { imap: { host: 'x' } } });
    expect(coverageOf(withMailbox, [ana])).toMatchObject({ state: 'none' });
    expect(coverageOf(account([]), [number])).toMatchObject({
      state: 'not_possible',
      reason: 'no_identifiers',
    });
  });
});
