/*
 * What stands in header fields besides addresses and ids: words, comments, parameters, and whole blocks of fields
 * that another mail quotes. Every scan takes one pass, because a header may be megabytes of brackets.
 */
import type { MailHeader } from './mail-fields.ts';

const structuredCharsMax = 2_000;

/** The text without its comments (RFC 5322 §3.2.2), nested ones too; unbalanced brackets are no comment. */
export function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  let depth = 0;
  let left = '';
  for (const character of text) {
    if (character === '(') depth += 1;
    if (depth === 0) left += character;
    if (character === ')' && depth > 0) {
      depth -= 1;
      if (depth === 0) left += ' ';
    }
  }
  return depth === 0 ? left : text;
}

/** The word that a value begins with, in lower case: `auto-replied` of `Auto-Replied (vacation); owner="x"`. */
export function keywordOf(value: string): string {
  const [keyword = ''] = withoutComments(value.slice(0, structuredCharsMax))
    .trim()
    .split(/[;,\s]/, 1);
  return keyword.replaceAll('"', '').toLowerCase();
}

/** A parameter of a structured value such as a Content-Type, in lower case, or null. */
export function parameterOf(value: string, name: string): string | null {
  const [, ...parameters] = withoutComments(value.slice(0, structuredCharsMax)).split(';');
  for (const parameter of parameters) {
    const at = parameter.indexOf('=');
    if (parameter.slice(0, Math.max(at, 0)).trim().toLowerCase() !== name) continue;
    return parameter
      .slice(at + 1)
      .replaceAll('"', '')
      .trim()
      .toLowerCase();
  }
  return null;
}

/** Header fields written as text, unfolded, up to the first empty line; what is no field is left out. */
export function readHeaderBlock(text: string): MailHeader[] {
  const [block = ''] = text.trimStart().split(/\r?\n[ \t]*\r?\n/, 1);
  return block
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/)
    .flatMap((line) => readHeaderLine(line) ?? []);
}

/** One unfolded line as a header field, or null. */
export function readHeaderLine(line: string): MailHeader | null {
  const found = /^([A-Za-z][\w-]{0,70})[ \t]*:[ \t]*(.*)$/s.exec(line);
  return found === null ? null : { name: (found[1] ?? '').toLowerCase(), value: (found[2] ?? '').trim() };
}
