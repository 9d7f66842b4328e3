/*
 * The files that HTML shows, by the content ids under which it refers to them (RFC 2392): in `src`, in `background`,
 * in styles, wherever they stand. Programs write one id in several ways: with entities, with characters of URLs, and
 * in the angle brackets that belong to the header only.
 */

const reference = /\bcid:\s*(?:<|&lt;|%3c)?((?:(?!&quot;|&gt;|&#3[49];|%3e)[^\s"'<>)]){1,1000})/gi;
const entity = /&(?:amp|#(\d{1,6})|#x([0-9a-f]{1,5}));/gi;

/** Every content id that the HTML may mean, without angle brackets. */
export function contentIdsIn(html: string): Set<string> {
  const ids = new Set<string>();
  for (const [, written = ''] of html.matchAll(reference)) {
    const id = withoutEntities(written);
    for (const form of [written, id, unescapeUrl(id)]) ids.add(form);
  }
  return ids;
}

function withoutEntities(text: string): string {
  return text.replace(entity, (_, decimal?: string, hexadecimal?: string) => {
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '26', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

function unescapeUrl(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
