/*
 * Text in header fields: ASCII as it is, anything else as RFC 2047 encoded words in UTF-8.
 *
 * A word is at most 75 characters and never splits a character, as the RFC demands. Only base64 words are written:
 * they are right for every script. Line folding puts one space between fields' parts, so lines stay below 78.
 */
import type { Mailbox } from './mail.ts';

/** 39 bytes of UTF-8 are 52 of base64; with `=?UTF-8?B?` and `?=` 64 characters, which fit after `Subject: `. */
const wordBytesMax = 39;
const lineCharsMax = 76;

/** A text as a header field may carry it, in one or several encoded words. */
export function encodeText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text;
  return splitBytes(text, wordBytesMax)
    .map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`)
    .join(' ');
}

/** `Ana Lima <ana@lima.example>`, with the name quoted or encoded where it must be. */
export function encodeMailbox({ name, address }: Mailbox): string {
  if (name === null) return address;
  if (!/^[\x20-\x7e]*$/.test(name)) return `${encodeText(name)} <${address}>`;
  const atoms = /^[A-Za-z0-9 !#$%&'*+/=?^_`{|}~-]+$/.test(name);
  return `${atoms ? name : `"${name.replaceAll(/["\\]/g, '\\$&')}"`} <${address}>`;
}

/** One header field, folded at spaces (RFC 5322, section 2.2.3), without its line end. */
export function foldField(name: string, value: string): string {
  let line = `${name}:`;
  const lines: string[] = [];
  for (const word of value.split(' ')) {
    if (line.length + 1 + word.length > lineCharsMax && line.trim() !== '' && !line.endsWith(':')) {
      lines.push(line);
      line = '';
    }
    line += ` ${word}`;
  }
  return [...lines, line].join('\r\n');
}

/** A parameter such as a file name: quoted when ASCII, else as RFC 2231 has it. */
export function encodeParameter(name: string, value: string): string {
  if (/^[\x20-\x7e]*$/.test(value)) return `${name}="${value.replaceAll(/["\\]/g, '\\$&')}"`;
  const escaped = encodeURIComponent(value).replaceAll(
    /['()*!]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${name}*=UTF-8''${escaped}`;
}

function splitBytes(text: string, bytesMax: number): string[] {
  const parts: string[] = [''];
  for (const char of text) {
    const part = parts.at(-1) ?? '';
    if (Buffer.byteLength(part + char) > bytesMax) parts.push(char);
    else parts[parts.length - 1] = part + char;
  }
  return parts;
}
