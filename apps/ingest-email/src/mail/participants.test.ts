import { describe, expect, test } from 'vitest';
import { everyday, mailOf, messageOf, namedIn } from '../../test/mails.ts';

const named = async (headers: string[]): Promise<string[]> => namedIn(await messageOf(mailOf(headers)));

describe('the participants of a mail', () => {
  test('are everybody it names, each with their part, the author first', async () => {
    const headers = [
      'To: a@x.example, "B, the second" <B@x.example>',
      'Cc: c@x.example',
      'Bcc: d@x.example',
      'Reply-To: e@x.example',
      'Sender: f@x.example',
      'From: g@x.example',
    ];
    expect(await named(headers)).toEqual([
      'from g@x.example',
      'sender f@x.example',
      'to a@x.example',
      'to b@x.example',
      'cc c@x.example',
      'bcc d@x.example',
      'reply_to e@x.example',
    ]);
  });

  test('have the same part once, in several headers and in any spelling', async () => {
    expect(await named(['From: a@x.example', 'To: B@x.example, b@X.example', 'To: b@x.example'])).toEqual([
      'from a@x.example',
      'to b@x.example',
    ]);
  });

  test('have as first author the one who sent it, where there are several', async () => {
    expect(await named(['From: a@x.example, b@x.example', 'Sender: b@x.example'])).toEqual([
      'from b@x.example',
      'from a@x.example',
    ]);
  });

  test('have the first of two From lines as author', async () => {
    expect(await named(['From: a@x.example', 'From: b@x.example'])).toEqual([
      'from a@x.example',
      'from b@x.example',
    ]);
  });

  test.each([
    [['Sender: s@x.example', 'Reply-To: r@x.example'], 'from s@x.example'],
    [['From: nobody', 'Reply-To: r@x.example', 'Return-Path: <p@x.example>'], 'from r@x.example'],
    [['Return-Path: <p@x.example>', 'Subject: x'], 'from p@x.example'],
  ])('of %j have %j as author, for want of a From', async (headers, author) => {
    expect((await named(headers))[0]).toBe(author);
  });

  test('may be without an author, or none at all', async () => {
    expect(await named(['To: a@x.example'])).toEqual(['to a@x.example']);
    expect(await named(['Subject: alone', 'Return-Path: <>'])).toEqual([]);
  });

  test('of a group are its members', async () => {
    expect(
      await named(['From: a@x.example', 'To: Team: b@x.example, C <c@x.example>;, d@x.example']),
    ).toEqual(['from a@x.example', 'to b@x.example', 'to c@x.example', 'to d@x.example']);
    expect(await named(['From: a@x.example', 'To: undisclosed-recipients:;'])).toEqual(['from a@x.example']);
  });

  test.each([
    ['From: =?utf-8?q?Ana_Jos=C3=A9?= <a@x.example>', 'Ana José'],
    ['From: =?iso-8859-1?Q?Andr=E9?= =?iso-8859-1?Q?_Pirard?= <a@x.example>', 'André Pirard'],
    [`From: "'Ana' via Team" <a@x.example>`, "Ana' via Team"],
    ['From: "  Ana\t Lima " <a@x.example>', 'Ana Lima'],
    ['From: a@x.example (Ana Lima)', 'Ana Lima'],
    ['From: "a@x.example" <a@x.example>', null],
    ['From: <a@x.example>', null],
    ['From: =?utf-8?b?4oCuYW5B4oCs?= <a@x.example>', 'anA'],
  ])('%j has the name %j', async (header, name) => {
    const { participants } = await messageOf(everyday([header]));
    expect(participants[0]?.displayName).toBe(name);
  });

  test('have the name that they have anywhere in a field', async () => {
    const { participants } = await messageOf(everyday(['Cc: b@x.example, Bo <B@x.example>, <b@x.example>']));
    expect(participants.at(-1)).toMatchObject({ role: 'cc', displayName: 'Bo' });
  });

  test('are ten thousand where a mail has ten thousand recipients', async () => {
    const list = Array.from({ length: 10_000 }, (_, i) => `Person ${i} <person-${i}@x.example>`);
    const message = await messageOf(everyday([`To: ${list.join(',\r\n ')}`]));
    expect(message.participants).toHaveLength(10_001);
  });
});
