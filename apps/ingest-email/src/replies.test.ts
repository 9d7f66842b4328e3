/*
 * The answers with which `email-reply-parser` tests itself, and what its tests expect to be left of each. Where they
 * expect a beginning, nothing may be missing from it and nothing may follow.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { findShared, printTable } from '../test/shared-files.ts';
import { textsOf } from './mail/visible-text.ts';

const replies = findShared('corpora/replies');

/** What is left: all of it, what stands up to and including these words, or exactly these parts. */
type Expected = 'all' | { upTo: string } | { parts: readonly string[] };

const lorem = { upTo: 'nec nibh.' } as const;
const of = (expected: Expected, names: string): (readonly [string, Expected])[] =>
  names.split(' ').map((name) => [name, expected] as const);

const expectations = new Map<string, Expected>([
  ...of(lorem, '9 10 11 12 13 14 15 16 17 18 22 23 24 25 26'),
  ...of(lorem, 'portuguese german german_2 german_3 german_outlook norwegian_gmail finnish italian russian'),
  ...of(lorem, 'outlook_split_line_from gmail_split_line_from ios_outlook_fr ios_outlook msn'),
  ...of(lorem, 'fr_multiline french_2 en_multiline_2 original_message original_message_2'),
  ...of(lorem, 'danish_dash_separator french_dash_separator tricky_5_mixed_languages'),
  ...of(lorem, 'tricky_10_special_chars_in_name tricky_12_no_space_after_header tricky_14_long_quote_header'),
  ...of(lorem, 'tricky_15_original_message_variations'),
  ...of('all', '5 21 emoji not_a_signature not_a_signature_2 with_date_headers with_from_headers'),
  ...of('all', 'tricky_1_on_false_positive tricky_3_code_block tricky_4_from_in_body'),
  ...of('all', 'tricky_6_regards_in_sentence tricky_7_multiple_dashes tricky_8_sent_from_in_content'),
  ...of('all', 'tricky_13_timestamp_variations'),
  ['1', { upTo: '-Abhishek Kona' }],
  ['3', { upTo: '-Abhishek Kona' }],
  ['2', { parts: ['Hi,', 'You can list the keys', 'delete them all individually."'] }],
  ['4', { upTo: 'problem with it.' }],
  ['6', { upTo: 'torch of pixels' }],
  // Their quotes were wrapped after they were marked: the pieces of lines without a mark are left.
  ...of({ parts: ['Fusce bibendum', 'nec nibh.'] }, '7 8'),
  ['19', { upTo: 'proper rendering.' }],
  ['20', { upTo: 'On Thursday.' }],
  ['2_1', { upTo: 'with a reply' }],
  ['blackberry', { upTo: 'another email' }],
  ['iphone', { upTo: 'another email' }],
  ['multi_word_sent_from_my_mobile_device', { upTo: 'another email' }],
  ['sent_from_my_not_signature', 'all'],
  ['bullets', { upTo: '- and another' }],
  ['custom_quote_header', { upTo: 'Thank you!' }],
  ['customer_quote_header_2', { upTo: 'very much.' }],
  ['customer_quote_header_3', { upTo: "merci d'avance" }],
  ['correct_sig', { upTo: '-- signature.' }],
  ['sig_no_empty_line', { upTo: 'empty line above.' }],
  ['one_is_not_on', { upTo: 'when I run...' }],
  ['reply_header', { upTo: 'Stranger\n' }],
  ['sent_from', { upTo: 'words or paragraphs.' }],
  ['thread', { upTo: 'from bellow.' }],
  ['unquoted_reply', { upTo: 'my reply.' }],
  ['with_regards', { upTo: 'Can you help?' }],
  ['zoho', { upTo: 'running a test?' }],
  ['tricky_2_url_with_wrote', { upTo: 'in them.' }],
  ['tricky_9_nested_quotes', { upTo: 'points below.' }],
  ['tricky_11_double_signature', { upTo: 'your help!' }],
  ['tricky_16_unicode_signatures', { parts: ['Thanks for the update!'] }],
  ['tricky_17_forward_header', { upTo: 'message below.' }],
  ['tricky_18_inline_reply', { parts: ['I think option A is great.', 'Option B has', 'our use case.'] }],
  ['tricky_19_quote_without_header', { parts: ['I wanted to', 'My response to', 'And my final thoughts.'] }],
  ['tricky_20_html_entities', { upTo: 'handled correctly.' }],
]);

test.runIf(replies.isPresent)('what is new in an answer is what the library expects', () => {
  const files = readdirSync(replies.path).toSorted();
  const wrong: { file: string; left: string }[] = [];
  for (const file of files) {
    const written = readFileSync(`${replies.path}/${file}`, 'utf8');
    const { text, newText } = textsOf({ text: written, html: null });
    const expected = expectations.get(file.replace(/^crisp-oss-(email_)?|\.txt$/g, ''));
    if (expected === undefined || !isAsExpected(newText ?? text, text, expected)) {
      wrong.push({ file, left: (newText ?? 'all of it').slice(-60) });
    }
  }
  printTable([{ files: files.length, 'as expected': files.length - wrong.length, otherwise: wrong.length }]);
  printTable(wrong);
  expect(files.length - wrong.length).toBe(90);
});

function isAsExpected(left: string, text: string, expected: Expected): boolean {
  if (expected === 'all') return left.trim() === text.trim();
  if ('upTo' in expected) {
    return left.trim() === text.slice(0, text.indexOf(expected.upTo) + expected.upTo.length).trim();
  }
  return expected.parts.every((part) => left.includes(part)) && !/^(?:>|On .* wrote:)/m.test(left);
}
