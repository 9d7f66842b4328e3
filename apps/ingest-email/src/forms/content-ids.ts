/*
 * Which file has which content id, in the forms in which providers write it: `{"<cid>": "attachment-1"}`, the same
 * the other way round, pairs in a list, and objects that have the same key twice, of which JSON would keep one.
 * So the strings are read one after the other, whatever stands between them.
 */

const charsMax = 256 * 1024;
/** A string of JSON; one that does not end goes on to the end, so that no character is looked at twice. */
const jsonString = /"((?:[^"\\]|\\.)*)(?:"|\\?$)/gs;
const fileName = /^attachment-?\d+$/;

/** Content ids by the names of the parts that hold their files. */
export function contentIdsOf(written: string): Map<string, string> {
  const ids = new Map<string, string>();
  let before: string | null = null;
  for (const [, escaped = ''] of written.slice(0, charsMax).matchAll(jsonString)) {
    const text = unescaped(escaped);
    if (before === null) {
      before = text;
      continue;
    }
    const [id, name] = fileName.test(text) ? [before, text] : [text, before];
    if (id.trim() !== '' && fileName.test(name)) ids.set(name, id);
    before = null;
  }
  return ids;
}

function unescaped(escaped: string): string {
  try {
    return String(JSON.parse(`"${escaped}"`));
  } catch {
    return escaped;
  }
}
