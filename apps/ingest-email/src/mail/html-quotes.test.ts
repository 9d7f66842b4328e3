import { describe, expect, test } from 'vitest';
import { textsOf } from './visible-text.ts';

const ofHtml = (html: string) => textsOf({ text: null, html });
const newOf = (html: string) => ofHtml(html).newText;

const gmailHeader =
  '<div dir="ltr" class="gmail_attr">2026-11-02, Ana Lima &lt;<a href="mailto:ana@lima.example">ana@lima.example</a>&gt;<br></div>';

describe('the new text of HTML', () => {
  test.each([
    [
      'Gmail',
      `<div dir="ltr">Gladly.</div><br><div class="gmail_quote gmail_quote_container">${gmailHeader}<blockquote class="gmail_quote" style="margin:0;border-left:1px solid">Offer?</blockquote></div>`,
    ],
    [
      'Outlook',
      '<div class="WordSection1"><p>Gladly.</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>Saatja:</b> Ana<br><b>Teema:</b> Offer</p></div></div><p>Offer?</p></div>',
    ],
    [
      'Outlook on the web',
      '<div>Gladly.</div><hr style="width:98%"><div id="divRplyFwdMsg"><b>Saatja:</b> Ana<br></div><div>Offer?</div>',
    ],
    [
      'Yahoo',
      '<div>Gladly.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>Ana:</div><div>Offer?</div></div>',
    ],
    [
      'Apple Mail',
      'Gladly.<br><div><blockquote type="cite"><div>On 2 Nov 2026, at 10:12, Ana &lt;ana@lima.example&gt; wrote:</div></blockquote></div><blockquote type="cite">Offer?</blockquote>',
    ],
    [
      'Thunderbird',
      '<p>Gladly.</p><div class="moz-cite-prefix">Ana:</div><blockquote type="cite"><p>Offer?</p></blockquote>',
    ],
    [
      'Proton Mail',
      '<div>Gladly.</div><div class="protonmail_quote">On Monday 2 November 2026 at 10:12, Ana &lt;ana@lima.example&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">Offer?</blockquote></div>',
    ],
  ])('is without what %s quotes, in any language', (_, html) => {
    expect(ofHtml(html).text).toContain('Offer?');
    expect(newOf(html)).toBe('Gladly.');
  });

  test('has what was written between quotes', () => {
    const html = `<div class="gmail_quote">${gmailHeader}<blockquote class="gmail_quote">One?</blockquote><div>yes</div><blockquote class="gmail_quote">Two?</blockquote></div><div>no</div>`;
    expect(newOf(html)).toBe('yes\n\nno');
  });

  test('is without the signature', () => {
    expect(
      newOf('<div>Gladly.</div><span>-- </span><br><div class="gmail_signature">Ana<br>Lima</div>'),
    ).toBe('Gladly.');
    expect(newOf('<div>Gladly.</div><div id="Signature"><p>Ana</p></div>')).toBe('Gladly.');
  });

  test('of a forward is the comment, and of one without any all of it', () => {
    const forwarded = `<div class="gmail_quote">---------- Edasi saadetud kiri ---------<br>Saatja: Ana<br><br>We take it.</div>`;
    expect(newOf(`<div>Look!</div>${forwarded}`)).toBe('Look!');
    expect(newOf(forwarded)).toBeNull();
  });

  test('has what is only indented', () => {
    const html =
      '<div>Gladly:</div><blockquote style="margin:0 0 0 40px;border:none;padding:0px">the offer</blockquote>';
    expect(ofHtml(html)).toMatchObject({ text: 'Gladly:\nthe offer', newText: null });
  });

  test('has what is written between angle brackets', () => {
    expect(newOf('<p>Look</p><p>&gt;&gt;&gt;VIDEO&lt;&lt;&lt;</p>')).toBeNull();
  });

  test('is what the text part says where there is one', () => {
    expect(textsOf({ text: 'Gladly.\n\n> Offer?', html: '<p>Something else</p>' }).newText).toBe('Gladly.');
  });

  test('the marks of its parts are never in a text, also where the mail has such characters', () => {
    const html = '<div>\ufdd0Gladly.&#xFDD0;</div><div class="yahoo_quoted">Offer?</div>';
    expect(ofHtml(html).text).toBe('Gladly.\nOffer?');
  });

  test.each([
    ['quotes', '<div class="gmail_quote">a'.repeat(900) + '</div>'.repeat(900)],
    ['many quotes', '<div class="gmail_quote">a</div>'.repeat(35_000)],
    ['nested quotes', `${'<blockquote>'.repeat(900)}${'a<br>'.repeat(100_000)}`],
    ['quotes with much inside', `<div class="gmail_quote">${'<i>a</i>'.repeat(18_000)}</div>`.repeat(6)],
    ['long styles', `<div style="border-top:${' '.repeat(20_000)}">a</div>`.repeat(50)],
    ['lines', `<div class="yahoo_quoted">${'<br>'.repeat(19_000)}</div>`.repeat(12)],
  ])('of %s takes a moment and no more', (_, html) => {
    const began = performance.now();
    ofHtml(html);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
