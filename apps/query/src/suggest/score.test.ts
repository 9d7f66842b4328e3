import { SuggestionReason } from '@kith/contracts';
import { describe, expect, test } from 'vitest';
import type { Lead, Subject } from './leads.ts';
import { type Match, suggest, weights } from './score.ts';

const subject: Subject = { participantId: 'p', known: [], displayName: null, settled: [] };
const lead = (reason: SuggestionReason, more: Partial<Lead> = {}): Lead => ({
  kind: null,
  key: reason,
  reason,
  value: 'has',
  ...more,
});
const match = (recordId: string, more: Partial<Match> = {}): Match => ({
  recordId,
  sourceRecordId: recordId,
  title: `R ${recordId}`,
  field: 'email',
  shown: 'shown',
  ...more,
});
const of = (leads: Lead[], matches: Record<string, Match[]>, settled: string[] = []) =>
  suggest({ ...subject, settled }, leads, ({ key }) => matches[key] ?? []);

describe('the score', () => {
  test.each(SuggestionReason.options)('of %s alone is its weight', (reason) => {
    expect(of([lead(reason)], { [reason]: [match('93')] })).toMatchObject([{ score: weights[reason] }]);
  });

  test('of several reasons is that of independent ones, to two digits', () => {
    const leads = [lead('loose_email'), lead('name_and_company'), lead('signature_phone')];
    const matches = Object.fromEntries(leads.map(({ key }) => [key, [match('93')]]));
    expect(of(leads, matches)).toMatchObject([{ score: 0.94 }]);
  });

  test('counts a reason once, however many fields and messages give it', () => {
    const leads = [
      lead('signature_phone', { key: 'a', messageId: 'm1' }),
      lead('signature_phone', { key: 'b', messageId: 'm2' }),
    ];
    const found = of(leads, {
      a: [match('93'), match('93', { field: 'mobile' })],
      b: [match('93', { shown: 'b' })],
    });
    expect(found).toMatchObject([{ score: 0.6 }]);
    expect(found[0]?.evidence).toHaveLength(3);
  });
});

describe('the suggestions', () => {
  test('are at most five, best first, then by id', () => {
    const ids = ['6', '5', '4', '3', '2', '1', '10'];
    const found = of([lead('name_and_company'), lead('loose_email')], {
      name_and_company: ids.map((id) => match(id)),
      loose_email: [match('3'), match('5')],
    });
    expect(found.map(({ recordId }) => recordId)).toEqual(['3', '5', '1', '10', '2']);
  });

  test('say what the participant has, what the record has, and where both are', () => {
    const found = of([lead('signature_phone', { kind: 'phone', messageId: 'm1' }), lead('loose_email')], {
      signature_phone: [match('93', { field: 'mobile', shown: '+44' })],
      loose_email: [match('93'), match('93')],
    });
    expect(found).toEqual([
      {
        recordId: '93',
        title: 'R 93',
        score: 0.88,
        evidence: [
          { reason: 'loose_email', value: 'has', recordValue: 'shown', field: 'email' },
          { reason: 'signature_phone', value: 'has', recordValue: '+44', field: 'mobile', messageId: 'm1' },
        ],
      },
    ]);
  });

  test('leave out what is settled, be it the record or the one whose field it is', () => {
    const matches = { loose_email: [match('93'), match('94', { sourceRecordId: '92' }), match('95')] };
    const found = of([lead('loose_email')], matches, ['93', '92']);
    expect(found.map(({ recordId }) => recordId)).toEqual(['95']);
  });

  test('come from no key that more than twenty records share', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => match(String(n)));
    expect(of([lead('loose_email')], { loose_email: many(20) })).toHaveLength(5);
    expect(of([lead('loose_email')], { loose_email: many(21) })).toEqual([]);
    const oneOften = Array.from({ length: 60 }, (_, n) => match('93', { field: `f${n}` }));
    const [often] = of([lead('loose_email')], { loose_email: oneOften });
    expect(often?.evidence).toHaveLength(10);
  });
});
