/*
 * Finds the address in a text that holds one and its wrapping: a display name, angle brackets, comments, quotes, a
 * `mailto:` link. Linear in the text, which the caller has bounded.
 */
import { visibleText } from './visible-text.ts';

/** The bare address, not yet checked; null when the text holds more than one. */
export function bareAddress(text: string): string | null {
  const seen = withoutComments(visibleText(text))
    .trim()
    .replace(/[;,]\s*$/, '');
  const address = insideBrackets(unquoted(seen));
  return address === null ? null : insideMailto(unquoted(address));
}

function insideBrackets(text: string): string | null {
  if (!text.endsWith('>')) return text;
  const open = text.lastIndexOf('<');
  if (open < 0) return text;
  const before = text.slice(0, open).replace(/"[^"]*"/g, '');
  if (before.includes('<') && before.includes('@', before.indexOf('<'))) return null;
  return text.slice(open + 1, -1).trim();
}

function insideMailto(address: string): string {
  if (/^mailto:/i.test(address)) {
    const [target = ''] = address.replace(/^mailto:(?:\/\/)?/i, '').split('?', 1);
    return visibleText(decodePercent(target));
  }
  // A source route (RFC 5322 §4.4) names relays before the address: `@relay.example:ana@lima.example`.
  return address.startsWith('@') ? address.slice(address.indexOf(':') + 1) : address;
}

function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Outlook writes `'ana@lima.example'`, and word processors make the quotes round. */
function unquoted(text: string): string {
  const inner = /^(?:'(.*)'|"([^"]*@[^"]*)"|[‘’“”](.*)[‘’“”])$/.exec(text);
  return inner === null ? text : (inner[1] ?? inner[2] ?? inner[3] ?? '').trim();
}

/** Takes comments away (RFC 5322 §3.2.2), which may nest and hold quoted brackets; an unfinished one stays. */
function withoutComments(text: string): string {
  if (!text.includes('(')) return text;
  let kept = '';
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') {
      if (depth === 0) kept += text.slice(at, at + 2);
      at += 1;
      continue;
    }
    if (character === '"' && depth === 0) isQuoted = !isQuoted;
    if (character === '(' && !isQuoted) depth += 1;
    if (depth === 0) kept += character;
    if (character === ')' && !isQuoted && depth > 0) depth -= 1;
  }
  return depth > 0 || isQuoted ? text : kept;
}
