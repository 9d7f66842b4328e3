/*
 * Bytes into text by the charset that a provider names.
 *
 * What the mail parser itself decodes is decoded in the same way (the WHATWG encodings, where ISO 8859-1 is
 * windows-1252), so that a text is the same whether its mail came raw or in parts. The rest, such as the code pages
 * of DOS, is iconv's. Without a charset that anybody knows, text is UTF-8 where it can be, else windows-1252.
 */
import { TextDecoder } from 'node:util';
import iconv from 'iconv-lite';
import { asBuffer } from './in-pieces.ts';

/** The text. Never throws, whatever the charset and the bytes. */
export function decodeText(bytes: Uint8Array, charset?: string | null): string {
  const label = (charset ?? '').trim().toLowerCase();
  const decoder = decoderOf(label);
  if (decoder?.encoding === 'windows-1252') return decodeWindows1252(bytes);
  return decoder?.decode(bytes) ?? decodeRare(bytes, label) ?? decodeUnnamed(bytes);
}

/** Whether the mail parser knows the charset. */
export function isCommonCharset(charset: string): boolean {
  return decoderOf(charset.trim().toLowerCase()) !== null;
}

function decoderOf(label: string): TextDecoder | null {
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}

/** What iconv calls an encoding and is none of text. */
const notCharsets = new Set(['', 'base64', 'hex', 'binary']);

function decodeRare(bytes: Uint8Array, label: string): string | null {
  const plain = label.replace(/[^a-z0-9]/g, '');
  if (notCharsets.has(plain)) return null;
  try {
    return iconv.decode(asBuffer(bytes), label);
  } catch {
    return null;
  }
}

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

function decodeUnnamed(bytes: Uint8Array): string {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return decodeWindows1252(bytes);
  }
}

/** Not by TextDecoder: that of Node 20 makes control characters of quotation marks and the euro sign (nodejs/node#56542). */
function decodeWindows1252(bytes: Uint8Array): string {
  return iconv.decode(asBuffer(bytes), 'windows-1252');
}
