import { expect, test } from 'vitest';
import { textParts } from './text-links.ts';

const linksOf = (text: string) => textParts(text).flatMap(({ href }) => (href === undefined ? [] : [href]));

test.each([
  ['See https://kith.example/offer.', ['https://kith.example/offer']],
  ['(https://kith.example/a_(b))', ['https://kith.example/a_(b))']],
  ['(https://kith.example/a)', ['https://kith.example/a']],
  ['<https://kith.example/?a=1&b=2>', ['https://kith.example/?a=1&b=2']],
  ['HTTP://KITH.EXAMPLE', ['http://kith.example/']],
  ['https://a.example, https://b.example!', ['https://a.example/', 'https://b.example/']],
  ['javascript:alert(1) data:text/html,x file:///etc/passwd', []],
  ['https://', []],
])('%s', (text, links) => {
  expect(linksOf(text)).toEqual(links);
});

test('nothing of a text is lost', () => {
  const text = 'Before https://kith.example/x. Between\nhttps://b.example and (after).';
  expect(
    textParts(text)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
