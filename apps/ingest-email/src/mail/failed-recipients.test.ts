import { describe, expect, test } from 'vitest';
import { mailOf, messageOf, naturesIn } from '../../test/mails.ts';
import { daemon, nullPath, original, report, statusPart } from '../../test/reports.ts';

describe('whom a bounce did not reach', () => {
  test.each([
    ['its status', report([statusPart(['Final-Recipient: RFC822; <Ana@lima.example>', 'Action: failed'])])],
    [
      'its status, by the address that was written to',
      report([
        statusPart([
          'Final-Recipient: rfc822; backend-7@mail.example',
          'Original-Recipient: rfc822;ana@lima.example',
          'Action: failed',
        ]),
      ]),
    ],
    ['its header', mailOf([...daemon, nullPath, 'X-Failed-Recipients: ana@lima.example'])],
    ['its text', mailOf([...daemon, nullPath], ['<ana@lima.example>: host mx said: 550', '', ...original])],
  ])('is named by %s', async (_, mail) => {
    expect(naturesIn(await messageOf(mail))).toEqual([
      'from mailer-daemon@mx.example machine',
      'to support@acme.example person',
      'cc ana@lima.example person',
    ]);
  });

  test('is named without a word of what became of the mail', async () => {
    const mail = report([statusPart(['Final-Recipient: rfc822; ana@lima.example'])]);
    expect(naturesIn(await messageOf(mail))).toContain('cc ana@lima.example person');
  });

  test('is nobody whom it may still reach', async () => {
    const part = statusPart(['Final-Recipient: rfc822; ana@lima.example', 'Action: delayed']);
    const late = report([['', '<ana@lima.example>: host mx said: 450'], part]);
    expect(naturesIn(await messageOf(late)).join()).not.toContain('ana@');
  });

  test('is not named twice', async () => {
    const mail = mailOf([...daemon, 'Cc: Ana <ana@lima.example>', 'X-Failed-Recipients: ana@lima.example']);
    expect(naturesIn(await messageOf(mail)).filter((named) => named.includes('ana@'))).toHaveLength(1);
  });

  test('is a hundred people at most', async () => {
    const all = Array.from({ length: 500 }, (_, i) => [
      '',
      `Final-Recipient: rfc822; p${i}@x.example`,
      'Action: failed',
    ]);
    expect(naturesIn(await messageOf(report([statusPart(...all)])))).toHaveLength(2 + 100);
  });
});
