/*
 * The words of an HTML body, for tables that keep a mail's HTML where its text belongs. What is shown of the mail is
 * the HTML itself, which is kept beside; the text is for previews and the search.
 */

const block = /<\/?(?:p|div|br|tr|li|h[1-6]|table|ul|ol|blockquote|hr)\b[^>]*>/gi;
const hidden = /<!--[\s\S]*?-->|<(style|script|head|title)\b[\s\S]*?<\/\1\s*>/gi;
const entities: Record<string, string> = { nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const codePointMax = 0x10ffff;

/** Whether a text is HTML rather than words with a `<` among them. */
export const isHtml = (text: string): boolean =>
  /^\s*<(?:!doctype|html|body|head|div|p|table|span|meta)\b/i.test(text) ||
  /<\/(?:p|div|body|table)>/i.test(text);

/** The words, a line for each block. */
export function wordsOfHtml(html: string): string {
  return html
    .replaceAll(hidden, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(block, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, decoded)
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/ *\n */g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function decoded(written: string, decimal?: string, hex?: string, name?: string): string {
  if (name !== undefined) return entities[name.toLowerCase()] ?? written;
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= codePointMax ? String.fromCodePoint(code) : written;
}
