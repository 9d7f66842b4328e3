import { expect, test } from 'vitest';
import { decide, type Evidence, type LinkState, without } from './decide.ts';

const evidence = (recordId: string, kind: Evidence['kind'] = 'email'): Evidence => ({
  recordId,
  kind,
  value: 'ana@lima.example',
  field: 'email',
});
const linked = (recordId: string, confidence: number, manual = false): LinkState => ({
  status: 'linked',
  recordId,
  method: manual ? 'manual' : 'any_rule',
  confidence,
  manual,
});

const states: Record<string, LinkState> = {
  unlinked: without('unlinked'),
  ambiguous: without('ambiguous'),
  internal: without('internal'),
  'linked to 93 by a rule': linked('93', 0.95),
  'linked to 93 by history': linked('93', 0.85),
  'linked to 93 by a person': linked('93', 0.9, true),
};
const situations = {
  'no record': [],
  'record 93': [evidence('93')],
  'record 94': [evidence('94')],
  'records 93 and 94': [evidence('93'), evidence('94')],
};

const describeState = ({ status, recordId, method, confidence }: LinkState): string =>
  [status, recordId, method, confidence].filter((part) => part !== null).join(' ');

test('every state meets every situation as the rule says', () => {
  const table = Object.entries(states).map(([name, current]) => [
    name,
    Object.entries(situations).map(([situation, found]) => {
      const after = decide({ current, internal: false, evidence: found }, 'webhook');
      return `${situation}: ${describeState(after)}`;
    }),
  ]);
  const fromNothing = [
    'no record: unlinked',
    'record 93: linked 93 email_webhook 0.95',
    'record 94: linked 94 email_webhook 0.95',
    'records 93 and 94: ambiguous',
  ];
  expect(Object.fromEntries(table)).toEqual({
    unlinked: fromNothing,
    ambiguous: fromNothing,
    internal: fromNothing,
    // A link stays while its own evidence holds, and goes with it.
    'linked to 93 by a rule': [
      'no record: unlinked',
      'record 93: linked 93 any_rule 0.95',
      'record 94: linked 94 email_webhook 0.95',
      'records 93 and 94: linked 93 any_rule 0.95',
    ],
    // Stronger evidence for the same record replaces weaker, whichever came first.
    'linked to 93 by history': [
      'no record: unlinked',
      'record 93: linked 93 email_webhook 0.95',
      'record 94: linked 94 email_webhook 0.95',
      'records 93 and 94: linked 93 email_webhook 0.95',
    ],
    'linked to 93 by a person': [
      'no record: linked 93 manual 0.9',
      'record 93: linked 93 manual 0.9',
      'record 94: linked 93 manual 0.9',
      'records 93 and 94: linked 93 manual 0.9',
    ],
  });
});

test('the company itself is internal, whatever holds its address and whoever linked it', () => {
  for (const current of Object.values(states)) {
    expect(decide({ current, internal: true, evidence: [evidence('93')] }, 'webhook')).toEqual(
      without('internal'),
    );
  }
});

test('method and confidence follow from the cause and the kind of identifier', () => {
  const rule = (cause: 'webhook' | 'sync' | 'record', kind: Evidence['kind']) => {
    const { method, confidence } = decide(
      { current: without('unlinked'), internal: false, evidence: [evidence('93', kind)] },
      cause,
    );
    return `${method} ${confidence}`;
  };
  expect(rule('webhook', 'phone')).toBe('phone_webhook 0.9');
  expect(rule('webhook', 'linkedin_member')).toBe('linkedin_webhook 0.95');
  expect(rule('sync', 'email')).toBe('sync_identifier_match 0.85');
  expect(rule('record', 'email')).toBe('record_identifier_match 0.95');
  expect(rule('record', 'phone')).toBe('record_identifier_match 0.9');
});

test('deciding again changes nothing', () => {
  for (const current of Object.values(states)) {
    for (const found of Object.values(situations)) {
      const once = decide({ current, internal: false, evidence: found }, 'webhook');
      expect(decide({ current: once, internal: false, evidence: found }, 'webhook')).toEqual(once);
    }
  }
});
