import { textCharsMax } from '@kith/contracts';
import { describe, expect, test } from 'vitest';
import { textsOf } from './visible-text.ts';

const visibleText = (fields: { text: string | null; html: string | null }): string => textsOf(fields).text;
const ofHtml = (html: string): string => visibleText({ text: null, html });

describe('the visible text', () => {
  test('is the plain text where there is one, with plain line ends', () => {
    expect(visibleText({ text: 'one\r\ntwo\rthree\n\n', html: '<p>other</p>' })).toBe('one\ntwo\nthree');
  });

  test('comes from the HTML where the plain text is empty', () => {
    expect(visibleText({ text: ' \r\n', html: '<p>Olá <b>Ana</b></p><p>bye</p>' })).toBe('Olá Ana\n\nbye');
  });

  test('shows the words of links and headings, and no image, script or style', () => {
    const html =
      '<style>p{}</style><script>x()</script><h1>Hi</h1><a href="https://x">here</a><img alt="no">';
    expect(ofHtml(html)).toBe('Hi\n\nhere');
  });

  test('is cut between characters', () => {
    const text = visibleText({ text: `x${'😀'.repeat(textCharsMax)}`, html: null });
    expect(text.length).toBe(textCharsMax - 1);
    expect(text.at(-1)).toBe('\ude00');
  });

  test.each([
    ['nested elements', '<b>'.repeat(1_000_000) + 'deep'],
    ['nested elements that are closed', '<i>'.repeat(140_000) + 'deep' + '</i>'.repeat(140_000)],
    ['nested tables', '<table><tr><td>'.repeat(60_000) + 'deep'],
    ['nested cells', '<tr><td>'.repeat(120_000) + 'deep'],
    ['nested paragraphs', '<p>'.repeat(300_000) + 'deep'],
    ['open brackets', '<'.repeat(2_000_000)],
    ['a long list', '<li>x</li>'.repeat(200_000)],
    ['entities', '&amp;'.repeat(400_000)],
  ])('of %s takes a moment and no more', (_, html) => {
    const began = performance.now();
    expect(ofHtml(html).length).toBeLessThanOrEqual(textCharsMax);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
