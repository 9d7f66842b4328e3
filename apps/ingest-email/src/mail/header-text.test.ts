import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { keywordOf, parameterOf, readHeaderBlock, withoutComments } from './header-text.ts';
import type { MailHeader } from './mail-fields.ts';
import { toMessage } from './to-message.ts';

test.each([
  ['a (b) c', 'a   c'],
  ['(a (nested) comment) b', '  b'],
  ['(one)(two)', '  '],
  ['unbalanced ( a', 'unbalanced ( a'],
  ['unbalanced ) a', 'unbalanced ) a'],
  ['none', 'none'],
])('%j without its comments is %j', (text, left) => {
  expect(withoutComments(text)).toBe(left);
});

test.each([
  ['Auto-Replied; x=y', 'auto-replied'],
  ['(vacation) auto-replied', 'auto-replied'],
  ['auto-generated (failure)', 'auto-generated'],
  ['"no"', 'no'],
  ['', ''],
])('the keyword of %j is %j', (value, keyword) => {
  expect(keywordOf(value)).toBe(keyword);
});

test.each([
  ['multipart/report; report-type=delivery-status', 'delivery-status'],
  ['multipart/report; boundary="a=b"; Report-Type = "Delivery-Status"', 'delivery-status'],
  ['multipart/report; report-type=delivery-status (a bounce); x=y', 'delivery-status'],
  ['multipart/report; x-report-type=y', null],
  ['report-type=delivery-status', null],
  ['multipart/report; report-type', null],
])('the report type of %j is %j', (value, type) => {
  expect(parameterOf(value, 'report-type')).toBe(type);
});

test('a block of header fields ends at the first empty line, and what is no field is left out', () => {
  const text = '\r\n\nSubject: a\r\n\tb\nno field\nX-Empty:\n \nTo: c';
  expect(readHeaderBlock(text)).toEqual([
    { name: 'subject', value: 'a b' },
    { name: 'x-empty', value: '' },
  ]);
});

const fieldNames = [
  'auto-submitted, x-autoreply, x-autorespond, precedence, list-id, list-post, list-unsubscribe, mailing-list',
  'x-mailing-list, x-beenthere, x-google-group-id, x-original-from, x-original-sender, original-from, from',
  'sender, reply-to, cc, to, return-path, x-failed-recipients, content-type, message-id, references, in-reply-to',
  'x-ms-exchange-generated-message-source, x-auto-response-suppress, x-post-messageclass, delivered-to, date',
].flatMap((line) => line.split(', '));

const pieces = [
  ...'auto-replied no list bulk " \' ( ) < > ; , : = \\ @ Ana dev@lists.example <dev.lists.example>'.split(
    ' ',
  ),
  ...'mailto: multipart/report report-type= delivery-status text/calendar method=REQUEST postmaster@x'.split(
    ' ',
  ),
  ' via ',
  '=?utf-8?q?=3C?=',
  '\0',
  '\u{1F4E7}',
  '\ud800',
];

const soup = fc.array(
  fc.record({
    name: fc.constantFrom(...fieldNames),
    value: fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((some) => some.join('')),
    ),
  }),
  { maxLength: 12 },
);

const read = (headers: readonly MailHeader[]) =>
  toMessage({ headers, text: '> Message-ID: <a@x>\n> From: b@x', html: null, files: [] });

describe('headers of any kind', () => {
  test('make a message, and the same one each time', () => {
    fc.assert(
      fc.property(soup, (headers) => {
        expect(read(headers)).toEqual(read(structuredClone(headers)));
      }),
      { numRuns: 1_000 },
    );
  });

  test('make the same marks in any order, where each field stands once', () => {
    const once = soup.map((headers) => [...new Map(headers.map((one) => [one.name, one])).values()]);
    const shuffled = once.chain((headers) =>
      fc.tuple(
        fc.constant(headers),
        fc.shuffledSubarray(headers, { minLength: headers.length, maxLength: headers.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([headers, reordered]) => {
        expect(read(reordered).marks).toEqual(read(headers).marks);
      }),
    );
  });

  test('of megabytes are read in a moment', () => {
    const names = ['list-id', 'list-post', 'auto-submitted', 'content-type', 'references', 'message-id'];
    for (const piece of ['(', '"', '<', ' via ', ';', ':', '= ', '-', 'a@x,']) {
      const value = piece.repeat(1_000_000 / piece.length);
      expect(read(names.map((name) => ({ name, value }))).kind).toBe('message');
    }
  });
});
