import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSignature } from './signature.ts';

const mail = (...lines: string[]): string => lines.join('\n');

test.each([
  [
    'after the delimiter',
    mail('Hi', '', '-- ', 'Ana Lima', '+55 11 98765-4321'),
    'Ana Lima\n+55 11 98765-4321',
  ],
  ['after a delimiter without its space', mail('Hi', '--', 'Ana Lima'), 'Ana Lima'],
  ['with other line ends', 'Hi\r\n\r\n-- \r\nAna Lima\r\nAcme', 'Ana Lima\nAcme'],
  [
    'from the sign-off on',
    mail('The offer is attached.', '', 'Best regards,', 'Ana Lima', '', 'Acme'),
    'Best regards,\nAna Lima\n\nAcme',
  ],
  [
    'from a German sign-off on',
    mail('Danke!', '', 'Mit freundlichen Grüßen', 'Ana Lima'),
    'Mit freundlichen Grüßen\nAna Lima',
  ],
  [
    'the last short lines before the quotation',
    mail('I will send it to you tomorrow.', 'Ana Lima', '+55 11 98765-4321', '', '> When?'),
    'Ana Lima\n+55 11 98765-4321',
  ],
  [
    'after the quotation, when only a greeting stands before',
    mail('Hi Bob,', '> When?', 'It will be there tomorrow at ten.', '', 'Regards', 'Ana Lima'),
    'Regards\nAna Lima',
  ],
  [
    'below an announced quotation',
    mail(
      'On 1 May Bob wrote:',
      '> When?',
      '',
      'It will be there tomorrow at ten.',
      '',
      'Regards',
      'Ana Lima',
    ),
    'Regards\nAna Lima',
  ],
])('a signature is found %s', (_, text, signature) => {
  expect(findSignature(text)).toBe(signature);
});

const quoted = mail('-- ', 'Bob Ray', 'bob@ray.example');
test.each([
  ['with >', quoted.replace(/^/gm, '> ')],
  [
    'with > below an announcement',
    mail('On Mon, Nov 1, 2026 at 10:00 Bob Ray wrote:', '> Hi', '> -- ', '> Bob Ray'),
  ],
  [
    'below an announcement on two lines',
    mail('On Mon, Nov 1, 2026 at 10:00 Bob Ray', '<bob@ray.example> wrote:', quoted),
  ],
  ['below an announcement alone', mail('On Mon, Nov 1, 2026 Bob Ray wrote:', '', quoted)],
  ['below a German announcement', mail('Am 22.11.2026 um 10:00 schrieb Bob Ray <bob@ray.example>:', quoted)],
  [
    'below a French announcement',
    mail('Le lun. 22 nov. 2026 à 10:00, Bob Ray <b@ray.example> a écrit :', quoted),
  ],
  ['below a Japanese announcement', mail('2026年11月22日(日) 10:00 Bob Ray <bob@ray.example>:', quoted)],
  ['below Outlook’s divider', mail('-----Original Message-----', quoted)],
  ['below Outlook’s header', mail('From: Bob Ray', 'Sent: Monday', 'To: Ana', 'Subject: x', '', quoted)],
  [
    'below a German header',
    mail('________________________________', 'Von: Bob Ray', 'Gesendet: Montag', quoted),
  ],
  ['forwarded', mail('---------- Forwarded message ---------', 'From: Bob Ray <bob@ray.example>', quoted)],
  ['forwarded by Apple Mail', mail('Begin forwarded message:', '', quoted)],
])('what another wrote is no signature: %s', (_, rest) => {
  const own = mail('I agree with all that.', '', 'Ana Lima', '+55 11 98765-4321', '');
  expect(findSignature(mail(own, rest))).toBe('Ana Lima\n+55 11 98765-4321');
});

test.each([
  ['', 'nothing'],
  ['\n\n', 'empty lines'],
  ['Please call our Carol on +49 151 12345678', 'one sentence'],
  ['I will be there, but please ask Carol for the details first.', 'prose'],
  [`${'long '.repeat(10_000)}\n-- \nAna Lima`, 'a mail whose end is out of sight'],
  ['> -- \n> Bob Ray', 'a quotation only'],
])('%j has no signature: %s', (text) => {
  expect(findSignature(text)).toBe('');
});

test('a signature has at most 1,500 characters', () => {
  expect(findSignature(`-- \n${'Ana Lima\n'.repeat(300)}`)).toHaveLength(1_500);
});

test('any text gives a part of itself without its quoted lines', () => {
  const line = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '-- ',
      '> quoted',
      'Regards',
      'Ana Lima',
      'On 1 May Bob wrote:',
      '',
      'From: x',
      'Sent: y',
    ),
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
      const signature = findSignature(lines.join('\n'));
      expect(signature.length).toBeLessThanOrEqual(1_500);
      for (const part of signature.split('\n')) expect(part).not.toMatch(/^>/);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  '-- \n',
  '> ',
  '\n',
  'On wrote:\n',
  'From: x\n',
  'a ',
  'on\n',
  '<a@b>:',
  '-',
  '\r',
  'Am 1 schrieb a ',
])('a megabyte of %j is read in part', (part) => {
  expect(findSignature(part.repeat(1_000_000 / part.length)).length).toBeLessThanOrEqual(1_500);
});
