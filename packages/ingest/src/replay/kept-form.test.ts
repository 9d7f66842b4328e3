import { expect, test } from 'vitest';
import { tinyProvider } from '../../test/tiny-provider.ts';
import { contentTypeOf, keptForm } from './kept-form.ts';

test.each([
  ['{"a":1}', 'application/json'],
  ['\uFEFF \r\n[1]', 'application/json'],
  ['From=whatsapp%3A%2B1&Body=Hi', 'application/x-www-form-urlencoded'],
  ['From: ana@lima.example\r\n\r\nHello', 'application/x-www-form-urlencoded'],
  ['', 'application/x-www-form-urlencoded'],
  [
    '--xYz123\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--xYz123--',
    'multipart/form-data; boundary="xYz123"',
  ],
  ['--a b"c\\ \r\n\r\n', String.raw`multipart/form-data; boundary="a b\"c\\"`],
  [`--${'x'.repeat(71)}\r\n`, 'application/x-www-form-urlencoded'],
])('a kept body that begins with %j is read as %s', (body, contentType) => {
  expect(contentTypeOf(Buffer.from(body))).toBe(contentType);
});

test('a page of the past is read as its provider says, a webhook as its bytes say', () => {
  const provider = {
    ...tinyProvider,
    readerOfPage: () => ({ provider: 'mime' as const, contentType: 'message/rfc822' }),
  };
  const body = Buffer.from('{}');
  expect(keptForm({ provider: 'postmark', origin: 'sync' }, provider, body)).toEqual({
    provider: 'mime',
    contentType: 'message/rfc822',
  });
  const asJson = { provider: 'postmark', contentType: 'application/json' };
  expect(keptForm({ provider: 'postmark', origin: 'webhook' }, provider, body)).toEqual(asJson);
  expect(keptForm({ provider: 'postmark', origin: 'sync' }, tinyProvider, body)).toEqual(asJson);
});
