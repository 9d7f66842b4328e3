import { expect, test } from 'vitest';
import { canUndo, keyInWords, whoInWords } from './history-words.ts';

test('a rule and a person are told apart by what brought the entry about', () => {
  expect(whoInWords({ reason: 'webhook' })).toBe('by a rule');
  expect(whoInWords({ reason: 'record_changed' })).toBe('by a rule');
  expect(whoInWords({ reason: 'person' })).toBe('by a person');
  expect(keyInWords({ actor: 'rule' })).toBeUndefined();
  expect(keyInWords({ actor: 'key:crm' })).toBe('API key crm');
});

const word = {
  action: 'linked',
  reason: 'person',
  undone: false,
  causedBy: null,
  recordId: '93',
  previousRecordId: null,
} as const;

test('a word of a person can be taken back, once, and what followed from it goes with it', () => {
  expect(canUndo(word)).toBe(true);
  expect(canUndo({ ...word, action: 'dismissed', recordId: null })).toBe(true);
  expect(canUndo({ ...word, undone: true })).toBe(false);
  expect(canUndo({ ...word, causedBy: '12' })).toBe(false);
});

test('of what a rule did, what changed a link can be taken back', () => {
  const rule = { ...word, reason: 'webhook' } as const;
  expect(canUndo(rule)).toBe(true);
  expect(canUndo({ ...rule, action: 'merged', recordId: null })).toBe(true);
  expect(canUndo({ ...rule, action: 'ambiguous', recordId: null })).toBe(false);
  expect(canUndo({ ...rule, action: 'internal' })).toBe(false);
});
