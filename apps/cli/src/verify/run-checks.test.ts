import { expect, test } from 'vitest';
import type { Terminal } from '../terminal.ts';
import { printChecks, printVerdict } from './print-checks.ts';
import { addUp, type VerifiedCheck } from './run-checks.ts';

const holding: VerifiedCheck = {
  name: 'messages.are_in_a_conversation',
  means: 'Every message is in a conversation that is there.',
  todo: 'report it',
  of: 'messages',
  ok: true,
  count: 0,
  violations: [],
};
const broken = (...ids: string[]): VerifiedCheck => ({
  ...holding,
  ok: false,
  count: ids.length,
  violations: ids,
});

test('what breaks a check in any answer breaks it, and is counted in all of them', () => {
  const answers = [holding, broken('1', '2'), holding, broken('3')];
  const [first, ...more] = answers;
  expect(more.reduce(addUp, addUp(undefined, first ?? holding))).toEqual(broken('1', '2', '3'));
  const many = Array.from({ length: 30 }, (_, n) => String(n));
  expect(addUp(broken('0'), broken(...many))).toMatchObject({ count: 31, violations: { length: 20 } });
});

test('a check that does not hold says of what, how many, and what to do', () => {
  const lines: string[] = [];
  const plain = (text: string) => text;
  const terminal: Terminal = {
    print: (line) => void lines.push(line),
    note: () => {},
    isInteractive: false,
    green: plain,
    red: plain,
    dim: plain,
  };
  const checks = [holding, { ...broken('1', '2', '3', '4', '5', '6'), name: 'messages.other' }];
  printChecks(terminal, checks);
  printVerdict(terminal, checks, false);
  expect(lines.join('\n')).toBe(`
Messages
  ✓ Every message is in a conversation that is there.
  ✗ Every message is in a conversation that is there.
      messages.other does not hold of 6 messages: 1, 2, 3, 4, 5, …
      → report it

✗ 1 of 2 checks fail: what to do stands after each arrow.`);
});
