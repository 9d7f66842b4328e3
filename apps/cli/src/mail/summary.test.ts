import { expect, test } from 'vitest';
import { type Outcomes, type PostedMail, summarize, summaryAddsUp, summaryRows } from './summary.ts';

const accepted = (name: string): PostedMail => ({ name, result: { ended: 'accepted', deliveryId: name } });

const posted: PostedMail[] = [
  accepted('new.eml'),
  accepted('again.eml'),
  accepted('broken.eml'),
  accepted('nothing.eml'),
  accepted('waiting.eml'),
  accepted('unknown.eml'),
  { name: 'empty.eml', result: { ended: 'refused', status: 400, code: 'empty_body', message: '' } },
  { name: 'away.eml', result: { ended: 'unreachable', message: 'connect ECONNREFUSED' } },
  { name: 'huge.eml', result: { ended: 'too_large' } },
];

const outcomes = new Map<string, Outcomes>([
  ['new.eml', [{ outcome: 'stored', messageId: 'm1' }]],
  ['again.eml', [{ outcome: 'duplicate', messageId: 'm1' }]],
  ['broken.eml', [{ outcome: 'dead_lettered', reason: 'not_a_message' }]],
  ['nothing.eml', [{ outcome: 'ignored', reason: 'nothing_for_us' }]],
  ['waiting.eml', null],
]);

test('every mail is in exactly one row, and the rows add up', () => {
  const summary = summarize(posted, outcomes);
  expect(summary).toEqual({
    mails: 9,
    stored: 1,
    duplicate: 1,
    ignored: { count: 1, byReason: { nothing_for_us: ['nothing.eml'] } },
    deadLettered: { count: 1, byReason: { not_a_message: ['broken.eml'] } },
    refused: {
      count: 3,
      byReason: {
        '400 empty_body': ['empty.eml'],
        'no answer (connect ECONNREFUSED)': ['away.eml'],
        'too large to send': ['huge.eml'],
      },
    },
    pending: { count: 2, byReason: { 'waiting for the resolver': ['waiting.eml', 'unknown.eml'] } },
  });
  expect(summaryAddsUp(summary)).toBe(true);
  expect(summaryAddsUp({ ...summary, stored: 0 })).toBe(false);
});

test('a delivery with several items counts by the one that needs attention most', () => {
  const several: Outcomes = [{ outcome: 'stored' }, { outcome: 'dead_lettered', reason: 'write_failed' }];
  const summary = summarize([accepted('a')], new Map([['a', several]]));
  expect(summary).toMatchObject({ stored: 0, deadLettered: { count: 1 } });
});

test('the table names the mails of a reason, the first ten of many', () => {
  const many = Array.from({ length: 12 }, (_, index) => accepted(`${index}.eml`));
  const row = summaryRows(summarize(many, new Map())).find(({ label }) => label.startsWith('waiting'));
  expect(row).toMatchObject({ value: 12, indent: true });
  expect(row?.detail).toMatch(/^0\.eml, .*9\.eml and 2 more$/);
});
