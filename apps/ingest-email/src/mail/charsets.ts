/*
 * In which charset the bytes of a mail really are, where what the mail says of them is missing, unknown or wrong.
 *
 * UTF-8 proves itself: text of another charset that is valid UTF-8 beyond ASCII hardly exists, so it counts against
 * "no charset", against ASCII, and against ISO 8859-1, which programs write without looking. What claims to be UTF-8
 * or nothing and is not, is in the charset that the mail names elsewhere (an encoded word of its subject, a `meta`
 * element), else in windows-1252. A text of UTF-8 with a few broken characters stays one.
 */
import { isUtf8 } from 'node:buffer';
import { decodeText, isCommonCharset } from '../forms/decode-text.ts';
import { asBuffer } from '../forms/in-pieces.ts';

/** Names that say nothing; they come from `Content-Type` as people's programs write it. */
const saysNothing =
  /^(?:|utf-?8|x-utf-?8|us-ascii|ascii|ansi_x3\.4-\d+|[78]bit|binary|default|unknown(?:-8bit)?|x-unknown|none|null)$/;
const latin = /^(?:iso-?8859-?1|latin-?1|l1|cp1252|windows-?1252|x-cp1252|cp819)$/;
const japanese = /^(?:x-|cs)?iso-?2022-?jp|^(?:x-|cs)?cp5022\d|^junet$/;
const unicode7 = /^(?:x-)?(?:unicode-1-1-)?utf-?7/;
const decoration = /^(?:x-ms-|x-|cs)/;

/** The text of these bytes; `declared` is the charset that goes with them, `hint` one that the mail names elsewhere. */
export function textInCharset(bytes: Uint8Array, declared: string, hint: string | null): string {
  return decodeText(bytes, charsetOf(asBuffer(bytes), declared.trim().toLowerCase(), hint));
}

/** Whether the text is what a decoder of UTF-8 makes of the bytes anyway. */
export function isPlainUtf8(bytes: Uint8Array, declared: string): boolean {
  return /^(?:|utf-?8)$/i.test(declared.trim()) && isUtf8(bytes) && !hasEscapes(asBuffer(bytes));
}

function charsetOf(bytes: Buffer, declared: string, hint: string | null): string {
  if (japanese.test(declared)) return 'iso-2022-jp';
  if (unicode7.test(declared)) return 'utf-7';
  if (saysNothing.test(declared)) {
    if (hasEscapes(bytes)) return 'iso-2022-jp';
    return isUtf8(bytes) || isMostlyUtf8(bytes) ? 'utf-8' : (hint ?? 'windows-1252');
  }
  if (latin.test(declared)) return isUtf8(bytes) && !hasEscapes(bytes) ? 'utf-8' : declared;
  const plain = declared.replace(decoration, '');
  return isCommonCharset(declared) || plain === declared ? declared : plain;
}

/** ISO-2022-JP is ASCII with escapes, which no other text has. */
function hasEscapes(bytes: Buffer): boolean {
  return bytes.includes('\x1b$') || bytes.includes('\x1b(J');
}

const sampleBytes = 200_000;

function isMostlyUtf8(bytes: Buffer): boolean {
  const text = bytes.subarray(0, sampleBytes).toString('utf8');
  const broken = text.split('\ufffd').length - 1;
  const whole = text.match(/[^\p{ASCII}\ufffd]/gu)?.length ?? 0;
  return whole > 2 * broken;
}

const named = /=\?([\w.:-]{3,40})(?:\*[^?]{0,20})?\?[bq]\?|charset\s*=\s*["']?([\w.:-]{3,40})/gi;
const searchedBytes = 64 * 1024;

/** The first charset that these bytes name and that says something, or null. */
export function namedCharset(bytes: Uint8Array): string | null {
  const text = asBuffer(bytes).subarray(0, searchedBytes).toString('latin1');
  for (const [, word, parameter] of text.matchAll(named)) {
    const charset = (word ?? parameter ?? '').toLowerCase();
    if (!saysNothing.test(charset) && !latin.test(charset) && isCommonCharset(charset)) return charset;
  }
  return null;
}
