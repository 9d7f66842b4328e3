import { LinkAction, LinkReason } from '@kith/contracts';
import { describe, expect, test } from 'vitest';
import { describeEntry, type EntryFacts } from './entry.ts';

const titles = new Map([
  ['93', 'Ana Lima'],
  ['94', 'Bo Lima'],
  ['95', null],
]);
const plain: EntryFacts = {
  action: 'linked',
  reason: 'webhook',
  recordId: null,
  previousRecordId: null,
  method: null,
  confidence: null,
  keyName: null,
  ruledOutRecordId: null,
  evidence: [],
  isOfRecords: false,
  formerIdentifier: null,
};
const say = (facts: Partial<EntryFacts>): string => describeEntry({ ...plain, ...facts }, titles);
const shared = (recordId: string) => ({
  recordId,
  kind: 'email' as const,
  value: 'ana@lima.example',
  field: 'email',
});

describe('a rule’s entry says what happened, when and why', () => {
  const linked = { recordId: '93', method: 'email_webhook', confidence: 0.95 };
  test.each<[Partial<EntryFacts>, string]>([
    [
      { ...linked, evidence: [shared('93')] },
      'Kith linked it to Ana Lima (93) with confidence 0.95 when a message arrived: the email address ' +
        'ana@lima.example is in its field "email".',
    ],
    [
      { ...linked, reason: 'sync', method: 'sync_identifier_match', confidence: 0.85 },
      'Kith linked it to Ana Lima (93) with confidence 0.85 when history was fetched: fetched history names an ' +
        'identifier of the record.',
    ],
    [
      { ...linked, previousRecordId: '94', evidence: [shared('94')] },
      'Kith linked it to Ana Lima (93) instead of Bo Lima (94) with confidence 0.95 when a message arrived: its ' +
        "email address is the record's.",
    ],
    [
      { ...linked, previousRecordId: '93' },
      'Kith kept it linked to Ana Lima (93) with confidence 0.95 when a message arrived: its email address is the ' +
        "record's.",
    ],
    [
      { action: 'unlinked', reason: 'record_deleted', previousRecordId: '95' },
      'Kith unlinked it from 95 when a record was deleted.',
    ],
    [
      { action: 'unlinked', reason: 'record_changed', keyName: 'CRM' },
      'Kith left it without a record when a record changed, through "CRM".',
    ],
    [
      { action: 'ambiguous', reason: 'record_changed', evidence: [shared('93'), shared('94')] },
      'Kith left it undecided when a record changed: several records hold it, Ana Lima (93) and Bo Lima (94).',
    ],
    [
      { action: 'ambiguous', reason: 'record_changed', previousRecordId: '93' },
      'Kith unlinked it from Ana Lima (93) when a record changed: several records hold it.',
    ],
    [
      {
        action: 'contested',
        reason: 'record_changed',
        recordId: '93',
        previousRecordId: '93',
        evidence: [shared('93'), shared('94')],
      },
      'Kith kept it linked to Ana Lima (93) when a record changed, though Bo Lima (94) holds it too.',
    ],
    [
      { action: 'internal', reason: 'account_changed' },
      "Kith recognised it as the company itself when the company's accounts or team changed.",
    ],
    [
      { action: 'merged', reason: 'participants_merged' },
      'Kith found that another participant is the same one.',
    ],
  ])('%#', (facts, text) => {
    expect(say(facts)).toBe(text);
  });
});

describe('a person’s entry says who through what, and what sticks', () => {
  test.each<[Partial<EntryFacts>, string]>([
    [
      { recordId: '93', method: 'manual', confidence: 0.9, keyName: 'CRM', evidence: [shared('93')] },
      'A person linked it to Ana Lima (93) with confidence 0.9, through "CRM".',
    ],
    [
      { action: 'unlinked', previousRecordId: '93' },
      'A person unlinked it from Ana Lima (93); no rule links them again.',
    ],
    [
      { action: 'rejected', recordId: '93', previousRecordId: '93', ruledOutRecordId: '94' },
      'A person said that it is not Bo Lima (94); no rule links them.',
    ],
    [
      { action: 'rejected', previousRecordId: '93' },
      'A person said that it is not Ana Lima (93); no rule links them.',
    ],
    [{ action: 'rejected' }, 'A person said that it is not a record; no rule links them.'],
    [
      { action: 'rejected', ruledOutRecordId: '94', recordId: '93' },
      'A person said that it is not Bo Lima (94), which leaves Ana Lima (93).',
    ],
    [{ action: 'dismissed' }, 'A person took it off the review list.'],
    [{ action: 'split' }, 'A person separated it from another participant.'],
    [
      { action: 'unlinked', reason: 'undo', previousRecordId: '93', keyName: 'CRM' },
      'A person unlinked it from Ana Lima (93) by undoing an earlier change, through "CRM".',
    ],
  ])('%#', (facts, text) => {
    expect(say({ reason: 'person', ...facts })).toBe(text);
  });
});

test('what was said of a participant that has merged since says of whom', () => {
  expect(say({ action: 'unlinked', previousRecordId: '93', formerIdentifier: '+447700900123' })).toBe(
    'Kith unlinked it from Ana Lima (93) when a message arrived. This was +447700900123 before they merged.',
  );
});

test('what was said of two records says which', () => {
  const records = { isOfRecords: true, recordId: '93', previousRecordId: '94' };
  expect(say({ ...records, action: 'merged', reason: 'person', keyName: 'CRM' })).toBe(
    'A person merged Bo Lima (94) into Ana Lima (93), through "CRM".',
  );
  expect(say({ ...records, action: 'split', reason: 'undo' })).toBe(
    'A person separated Bo Lima (94) from Ana Lima (93) by undoing an earlier change.',
  );
});

test('every action for every reason is a sentence, with nothing missing in it', () => {
  for (const action of LinkAction.options) {
    for (const reason of LinkReason.options) {
      const text = say({ action, reason });
      expect(text).toMatch(/^(Kith|A person) [^.]+\.$/);
      expect(text).not.toMatch(/undefined|null|\s{2}|\s[.,;]/);
    }
  }
});
