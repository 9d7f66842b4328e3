import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, type Evidence, type Facts, type LinkState, without } from './decide.ts';

const evidence = (recordId: string, overrides: Partial<Evidence> = {}): Evidence => ({
  recordId,
  kind: 'email',
  value: 'ana@lima.example',
  field: 'email',
  isClue: false,
  byWebhook: true,
  ...overrides,
});
const linked = (
  recordId: string,
  rule: { method: string; confidence: number; manual?: boolean },
): LinkState => ({
  status: 'linked',
  recordId,
  manual: false,
  candidates: [],
  ...rule,
});
const known = (facts: Partial<Facts>): Facts => ({
  current: without('unlinked'),
  internal: false,
  nature: 'person',
  decision: null,
  evidence: [],
  ...facts,
});

const byRule = linked('93', { method: 'email_webhook', confidence: 0.95 });
const states: Record<string, LinkState> = {
  unlinked: without('unlinked'),
  ambiguous: without('ambiguous', ['93', '94']),
  internal: without('internal'),
  'linked to 93 by a rule': byRule,
  'linked to 93 by history': linked('93', { method: 'sync_identifier_match', confidence: 0.85 }),
  'linked to 93 by a person who has taken it back': linked('93', {
    method: 'manual',
    confidence: 0.9,
    manual: true,
  }),
};
const situations = {
  'no record': [],
  'record 93': [evidence('93')],
  'record 94': [evidence('94')],
  'records 93 and 94': [evidence('94'), evidence('93')],
};

const describeState = ({ status, recordId, method, confidence, candidates }: LinkState): string =>
  [status, recordId, method, confidence, candidates.length > 0 ? `(${candidates.join()})` : null]
    .filter((part) => part !== null)
    .join(' ');

test('every state meets every situation as the rule says', () => {
  const table = Object.entries(states).map(([name, current]) => [
    name,
    Object.entries(situations).map(([situation, found]) => {
      const after = decide(known({ current, evidence: found }), 'webhook');
      return `${situation}: ${describeState(after)}`;
    }),
  ]);
  const fromNothing = [
    'no record: unlinked',
    'record 93: linked 93 email_webhook 0.95',
    'record 94: linked 94 email_webhook 0.95',
    'records 93 and 94: ambiguous (93,94)',
  ];
  // A link stays while its own evidence holds, and goes with it; another record makes it contested.
  const fromLink = [
    'no record: unlinked',
    'record 93: linked 93 email_webhook 0.95',
    'record 94: linked 94 email_webhook 0.95',
    'records 93 and 94: linked 93 email_webhook 0.95 (94)',
  ];
  expect(Object.fromEntries(table)).toEqual({
    unlinked: fromNothing,
    ambiguous: fromNothing,
    internal: fromNothing,
    'linked to 93 by a rule': fromLink,
    // Stronger evidence for the same record replaces weaker, whichever came first.
    'linked to 93 by history': fromLink,
    'linked to 93 by a person who has taken it back': fromNothing,
  });
});

test('a person’s decision stands above every state, every evidence and every nature', () => {
  const decision = { recordId: '95', method: 'manual', confidence: 0.9 };
  for (const current of Object.values(states)) {
    for (const found of Object.values(situations)) {
      for (const nature of ['person', 'role', 'list', 'machine'] as const) {
        const after = decide(known({ current, evidence: found, decision, nature }), 'webhook');
        expect(describeState(after)).toBe('linked 95 manual 0.9');
      }
    }
  }
});

test('the company itself is internal, whatever holds its address and whoever linked it', () => {
  const decision = { recordId: '95', method: 'manual', confidence: 0.9 };
  for (const current of Object.values(states)) {
    const after = decide(known({ current, internal: true, evidence: [evidence('93')], decision }), 'webhook');
    expect(after).toEqual(without('internal'));
  }
});

test.each(['list', 'machine'] as const)(
  'a %s is nobody: no rule links it, and a link of a rule goes',
  (nature) => {
    const after = decide(known({ current: byRule, nature, evidence: [evidence('93')] }), 'webhook');
    expect(after).toEqual(without('unlinked'));
  },
);

test('a role is linked like a person', () => {
  const after = decide(known({ nature: 'role', evidence: [evidence('93')] }), 'webhook');
  expect(describeState(after)).toBe('linked 93 email_webhook 0.95');
});

test.each([
  ['webhook', { kind: 'email' }, 'email_webhook 0.95'],
  ['webhook', { kind: 'phone' }, 'phone_webhook 0.9'],
  ['webhook', { kind: 'whatsapp_bsuid' }, 'phone_webhook 0.9'],
  ['webhook', { kind: 'linkedin_member' }, 'linkedin_webhook 0.95'],
  ['webhook', { kind: 'linkedin_sales' }, 'linkedin_webhook 0.95'],
  ['webhook', { kind: 'email', isClue: true }, 'linkedin_email_webhook 0.9'],
  ['sync', { kind: 'email', byWebhook: false }, 'sync_identifier_match 0.85'],
  ['webhook', { kind: 'phone', byWebhook: false }, 'sync_identifier_match 0.85'],
  ['sync', { kind: 'phone', byWebhook: true }, 'phone_webhook 0.9'],
  ['record_changed', { kind: 'email' }, 'record_identifier_match 0.95'],
  ['record_changed', { kind: 'linkedin_public' }, 'record_identifier_match 0.95'],
  ['record_changed', { kind: 'phone' }, 'record_identifier_match 0.9'],
] as const)('after %s, evidence %j links by %s', (reason, overrides, expected) => {
  const { method, confidence } = decide(known({ evidence: [evidence('93', overrides)] }), reason);
  expect(`${method} ${confidence}`).toBe(expected);
});

test('a link whose own evidence is gone says what is left', () => {
  const phone = evidence('93', { kind: 'phone', value: '+4930123456' });
  const current = linked('93', { method: 'linkedin_webhook', confidence: 0.95 });
  expect(describeState(decide(known({ current, evidence: [phone] }), 'record_changed'))).toBe(
    'linked 93 record_identifier_match 0.9',
  );
});

test('an identifier that joins a linked participant and speaks for another record leaves nothing decided', () => {
  const [own, other] = [evidence('93'), evidence('94', { value: 'other@lima.example' })];
  const facts = known({ current: byRule, evidence: [own, other] });
  const gained = new Set(['email other@lima.example']);
  expect(describeState(decide({ ...facts, gained }, 'webhook'))).toBe('ambiguous (93,94)');
  expect(describeState(decide({ ...facts, gained: new Set() }, 'webhook'))).toBe(
    'linked 93 email_webhook 0.95 (94)',
  );
});

test('of three hundred records a hundred are kept as candidates', () => {
  const found = Array.from({ length: 300 }, (_, index) => evidence(String(index + 1000)));
  const { candidates } = decide(known({ evidence: found }), 'webhook');
  expect(candidates).toHaveLength(100);
  expect(candidates[0]).toBe('1000');
});

const anyEvidence = fc
  .record({
    recordId: fc.constantFrom('93', '94', '95'),
    kind: fc.constantFrom('email' as const, 'phone' as const, 'linkedin_member' as const),
    value: fc.constantFrom('a', 'b'),
    isClue: fc.boolean(),
    byWebhook: fc.boolean(),
  })
  .map((found) => evidence(found.recordId, found));
const anyReason = fc.constantFrom('webhook' as const, 'sync' as const, 'record_changed' as const);

test('deciding again changes nothing, and the order of evidence does not matter', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...Object.values(states)),
      fc.uniqueArray(anyEvidence, { selector: (found) => JSON.stringify(found), maxLength: 5 }),
      anyReason,
      (current, found, reason) => {
        const once = decide(known({ current, evidence: found }), reason);
        expect(decide(known({ current: once, evidence: found }), reason)).toEqual(once);
        expect(decide(known({ current, evidence: found.toReversed() }), reason)).toEqual(once);
        if (once.recordId !== null) expect(found.map(({ recordId }) => recordId)).toContain(once.recordId);
      },
    ),
  );
});
