import { describe, expect, test } from 'vitest';
import { everyday, messageOf, naturesIn } from '../../test/mails.ts';

const natures = async (...headers: string[]): Promise<string[]> =>
  naturesIn(await messageOf(everyday(headers)));

describe('the address of a mailing list', () => {
  test.each([
    [['List-Post: <mailto:dev@lists.example>']],
    [['List-Post: <https://lists.example/post>, <mailto:Dev@Lists.Example?subject=x>']],
    [['List-Id: Development <dev.lists.example>']],
    [['List-ID: dev.lists.example']],
    [['X-Mailing-List: dev@lists.example']],
    [['X-BeenThere: dev@lists.example']],
    [['Mailing-List: list dev@lists.example; contact dev+owners@lists.example']],
    [
      [
        'Mailing-List: contact dev-help@lists.example; run by ezmlm',
        'Delivered-To: mailing list dev@lists.example',
      ],
    ],
  ])('is nobody, by %j', async (headers) => {
    expect(await natures('To: dev@lists.example, Bo <bo@x.example>', ...headers)).toEqual([
      'from ana@lima.example person',
      'to dev@lists.example list',
      'to bo@x.example person',
    ]);
  });

  test('is nobody in every part that it has', async () => {
    const headers = ['To: dev@lists.example', 'Cc: dev@lists.example', 'Reply-To: dev@lists.example'];
    expect(await natures(...headers, 'List-Id: <dev.lists.example>')).toEqual([
      'from ana@lima.example person',
      'to dev@lists.example list',
      'cc dev@lists.example list',
      'reply_to dev@lists.example list',
    ]);
  });

  test.each([
    ['dev-bounces@lists.example'],
    ['dev-bounces+bo=acme.example@lists.example'],
    ['owner-dev@lists.example'],
    ['dev+owners@lists.example'],
    ['dev-return-7-bo=acme.example@lists.example'],
    ['dev+bncBCXYZ0123456@lists.example'],
  ])('with its machinery is nobody: %s', async (sender) => {
    expect(await natures(`Sender: ${sender}`, 'List-Id: <dev.lists.example>')).toContain(
      `sender ${sender.toLowerCase()} list`,
    );
  });

  test.each([
    [
      'its owner',
      ['Cc: bo@lists.example', 'List-Owner: <mailto:bo@lists.example>', 'List-Id: <dev.lists.example>'],
    ],
    [
      'whom it says to contact',
      ['Cc: bo@lists.example', 'Mailing-List: list dev@lists.example; contact bo@lists.example'],
    ],
    [
      'whom it says nothing but to contact',
      ['Cc: bo@lists.example', 'Mailing-List: contact bo@lists.example; run by ezmlm'],
    ],
    ['another of its domain', ['Cc: bo@lists.example', 'List-Id: <dev.lists.example>']],
    ['one whose name begins like it', ['Cc: developer@lists.example', 'List-Id: <dev.lists.example>']],
    [
      'the publisher of a newsletter',
      ['Cc: bo@lists.example', 'List-Post: NO', 'List-Id: <77.list-id.mail.example>'],
    ],
    ['anybody without a list', ['Cc: dev@lists.example', 'List-Unsubscribe: <mailto:dev@lists.example>']],
  ])('is not %s', async (_, headers) => {
    expect((await natures(...headers)).every((named) => named.endsWith(' person'))).toBe(true);
  });
});
