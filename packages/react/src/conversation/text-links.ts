/* Finds the addresses in a text. They are shown as links whose text is the address itself, so none can lie. */

/** A stretch of text, with where it leads when it is an address. */
export interface TextPart {
  text: string;
  href?: string;
}

const address = /https?:\/\/[^\s<>"'“”„«»]+/gi;

/** The text in order, nothing left out; only http and https are followed. */
export function textParts(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(address)) {
    const found = withoutTail(match[0]);
    if (!URL.canParse(found)) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: found, href: new URL(found).href });
    end = match.index + found.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

const sentenceEnd = new Set('.,:;!?*_~');

/** What closes a sentence is not part of the address; a bracket is where it was opened within it. */
function withoutTail(found: string): string {
  const opensBracket = found.includes('(');
  let end = found.length;
  while (end > 0) {
    const last = found.charAt(end - 1);
    if (!sentenceEnd.has(last) && !(last === ')' && !opensBracket)) break;
    end -= 1;
  }
  return found.slice(0, end);
}
