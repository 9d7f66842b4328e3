import { describe, expect, test } from 'vitest';
import { everyday, messageOf, naturesIn } from '../../test/mails.ts';

const named = async (headers: readonly string[]): Promise<string[]> =>
  naturesIn(await messageOf(everyday(headers)));

const google = [
  `From: "'Ana Lima' via Sales" <sales@acme.example>`,
  'To: sales@acme.example',
  'Precedence: list',
  'Mailing-list: list sales@acme.example; contact sales+owners@acme.example',
  'List-ID: <sales.acme.example>',
  'X-Google-Group-Id: 358814495539',
];

const mailman = [
  'From: Ana Lima via Dev <dev@lists.example>',
  'To: dev@lists.example',
  'List-Id: Development <dev.lists.example>',
  'List-Post: <mailto:dev@lists.example>',
];

describe('a mail that a group sent under its own address', () => {
  test.each([
    ['X-Original-From', [...google, 'X-Original-From: Ana Lima <ana@lima.example>']],
    ['Original-From', [...google, 'Original-From: Ana Lima <ana@lima.example>']],
    ['X-Original-Sender', [...google, 'X-Original-Sender: ana@lima.example']],
    [
      'X-Original-Sender before another Reply-To',
      [...google, 'X-Original-Sender: ana@lima.example', 'Reply-To: bo@x.example'],
    ],
    ['Reply-To', [...google, 'Reply-To: Ana Lima <ana@lima.example>']],
    ['Reply-To without a name', [...mailman, 'Reply-To: ana@lima.example']],
    [
      'Reply-To besides the list',
      [...mailman, 'Reply-To: Dev <dev@lists.example>, Ana Lima <ana@lima.example>'],
    ],
    ['Reply-To besides another', [...mailman, 'Reply-To: Bo <bo@x.example>, Ana Lima <ana@lima.example>']],
    ['Cc', [...mailman, 'Reply-To: dev@lists.example', 'Cc: Bo <bo@x.example>, Ana Lima <ana@lima.example>']],
    [
      'Cc before a Reply-To that says nothing',
      [...mailman, 'Reply-To: bo@x.example', 'Cc: Ana Lima <ana@lima.example>'],
    ],
  ])('is by its author, who stands in %s, and the group is its sender', async (_, headers) => {
    const message = await messageOf(everyday(headers));
    expect(naturesIn(message).slice(0, 2)).toEqual([
      'from ana@lima.example person',
      expect.stringMatching(/^sender (sales@acme|dev@lists)\.example list$/),
    ]);
    expect(message.participants[0]?.displayName).toBe('Ana Lima');
  });

  test.each([
    [`From: "'ana@lima.example' via Dev" <dev@lists.example>`, 'Cc: bo@x.example, ana@lima.example'],
    ['From: ana--- via Dev <dev@lists.example>', 'Cc: bo@x.example, ana@lima.example'],
    ['From: ana--- via Dev <dev@lists.example>', 'X-Original-From: ana@lima.example'],
  ])('is by its author where that had no name: %s, %s', async (...headers) => {
    const { participants } = await messageOf(everyday([...mailman.slice(1), ...headers]));
    expect(participants[0]).toEqual({
      role: 'from',
      identifiers: [{ kind: 'email', value: 'ana@lima.example' }],
      displayName: null,
    });
  });

  test('is by its author where the name says nothing and the group does', async () => {
    const headers = [
      ...mailman.slice(1),
      'From: Dev <dev@lists.example>',
      'X-Original-From: ana@lima.example',
    ];
    expect((await named(headers))[0]).toBe('from ana@lima.example person');
  });

  test.each([['X-Original-Sender: ana@lima.example'], ['Reply-To: Ana Lima <ana@lima.example>']])(
    'is by its author where only the number of the group is known, with %s',
    async (header) => {
      const headers = [
        `From: "'Ana Lima' via Sales" <sales@acme.example>`,
        'X-Google-Group-Id: 358814495539',
        header,
      ];
      expect((await named(headers)).slice(0, 2)).toEqual([
        'from ana@lima.example person',
        'sender sales@acme.example list',
      ]);
    },
  );

  test('has the group as sender, before another one', async () => {
    const headers = [...mailman, 'Sender: dev-bounces@lists.example', 'Reply-To: ana@lima.example'];
    expect((await named(headers)).filter((one) => one.startsWith('sender'))).toEqual([
      'sender dev@lists.example list',
      'sender dev-bounces@lists.example list',
    ]);
  });

  test('has the group as sender once, where Sender names it too', async () => {
    const headers = [...mailman, 'Sender: dev@lists.example', 'Reply-To: ana@lima.example'];
    expect((await named(headers)).filter((one) => one.startsWith('sender'))).toHaveLength(1);
  });

  test.each([
    ['nobody is said to have written it', mailman],
    [
      'two may have written it',
      [...mailman, 'Reply-To: Ana Lima <ana@lima.example>, Ana Lima <ana@other.example>'],
    ],
    ['only somebody of another name is named', [...mailman, 'Reply-To: Bo <bo@x.example>']],
    ['only a copy without a name is named', [...mailman, 'Cc: bo@x.example']],
    [
      'only somebody is named whose address begins with the name',
      [...mailman.slice(1), 'From: Ana via Dev <dev@lists.example>', 'Cc: ana@other.example'],
    ],
    ['only its own machinery is named', [...mailman, 'X-Original-Sender: dev-bounces@lists.example']],
  ])('stays by the group when %s', async (_, headers) => {
    expect((await named(headers))[0]).toBe('from dev@lists.example list');
  });
});

describe('a Reply-To', () => {
  test.each([
    [
      'of a notification',
      ['From: "Ana Lima (via Google Docs)" <comments@docs.example>', 'Reply-To: Ana Lima <ana@lima.example>'],
    ],
    [
      'of a notification that can be unsubscribed from',
      [
        'From: "Ana Lima via Signing" <post@signing.example>',
        'Reply-To: Ana Lima <ana@lima.example>',
        'List-Unsubscribe: <https://signing.example/leave>',
        'Precedence: bulk',
      ],
    ],
    [
      'of a newsletter with a list id of its own',
      [
        'From: "Ana Lima via News" <post@news.example>',
        'Reply-To: Ana Lima <ana@lima.example>',
        'List-Id: <77.list-id.news.example>',
      ],
    ],
    ['of a web form', ['From: form@acme.example', 'Reply-To: ana@lima.example']],
    [
      'on a list that left From alone',
      [
        'From: Bo <bo@x.example>',
        'Reply-To: ana@lima.example',
        'X-Original-Sender: bounce@x.example',
        'List-Post: <mailto:dev@lists.example>',
      ],
    ],
    [
      'of a list that writes itself',
      [
        'From: Dev <dev@lists.example>',
        'Reply-To: ana@lima.example',
        'List-Post: <mailto:dev@lists.example>',
      ],
    ],
  ])('%s makes no author', async (_, headers) => {
    const people = await named(headers);
    const [, from = ''] = /([\w.]+@[\w.]+)/.exec(headers[0] ?? '') ?? [];
    expect(people[0]).toContain(`from ${from} `);
    expect(people).toContain('reply_to ana@lima.example person');
  });
});

describe('the copy that came through a group', () => {
  const copy = [
    ...google.filter((line) => !line.startsWith('To:')),
    'X-Original-From: Ana Lima <ana@lima.example>',
    'Reply-To: Ana Lima <ana@lima.example>',
  ];

  test('is the message that came directly, where the text agrees', async () => {
    const [direct, throughGroup] = await Promise.all([messageOf(everyday()), messageOf(everyday(copy))]);
    expect(throughGroup.externalId).toBe(direct.externalId);
  });

  test('is the same message each time, and another where the group added to the text', async () => {
    const footer = 'Hello\r\n-- \r\nYou received this because you are a member of Sales.';
    const [once, again, longer] = await Promise.all([
      messageOf(everyday(copy)),
      messageOf(everyday([...copy, 'Received: from a by b; Mon, 23 Nov 2026 10:00:00 +0000'])),
      messageOf(everyday(copy, footer)),
    ]);
    expect(again.externalId).toBe(once.externalId);
    expect(longer.externalId).not.toBe(once.externalId);
    expect(longer.conversation).toEqual(once.conversation);
  });
});
