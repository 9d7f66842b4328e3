import { describe, expect, test } from 'vitest';
import { decodeText, isCommonCharset } from './decode-text.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('text', () => {
  test.each([
    ['UTF-8', bytes(0xc3, 0xb3), 'ó'],
    ['iso-8859-1', bytes(0xbf, 0x80), '¿€'],
    ['windows-1252', bytes(0x92), '’'],
    ['cp850', bytes(0xa2), 'ó'],
    ['CP437', bytes(0xa2), 'ó'],
    ['koi8-r', bytes(0xc1), 'а'],
    ['shift_jis', bytes(0x82, 0xa0), 'あ'],
    ['cp932', bytes(0x82, 0xa0), 'あ'],
    [' utf-7 ', Buffer.from('+APM-'), 'ó'],
  ])('in %s is read', (charset, written, text) => {
    expect(decodeText(written, charset)).toBe(text);
  });

  test.each([null, undefined, '', 'unknown-8bit', 'hex', 'base64', 'constructor', '__proto__', 'toString'])(
    'in what nobody knows (%s) is UTF-8, or else windows-1252',
    (charset) => {
      expect(decodeText(Buffer.from('olá'), charset)).toBe('olá');
      expect(decodeText(bytes(0x6f, 0x6c, 0xe1, 0x80), charset)).toBe('olá€');
    },
  );

  test('that is not of its charset has what can be read', () => {
    expect(decodeText(bytes(0x61, 0xff, 0x62), 'utf-8')).toBe('a\ufffdb');
  });

  test('is in a common charset when the mail parser knows it', () => {
    expect(['UTF-8', 'latin1', 'cp850', ''].map(isCommonCharset)).toEqual([true, true, false, false]);
  });
});
