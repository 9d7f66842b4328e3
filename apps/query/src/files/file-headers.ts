/*
 * The headers of a file that a stranger sent. The browser saves it, whatever it is, and is never told a type that it
 * would run as a page or script of this origin; should something make it a page all the same, the page is in a sandbox
 * and may load nothing.
 */

/** What a file is called and what it says it is. */
export interface NamedFile {
  name: string;
  type: string;
  size: number;
}

/** The headers of an answer that holds it. */
export function fileHeaders({ name, type, size }: NamedFile): Record<string, string> {
  return {
    'content-type': harmlessType(type),
    'content-length': String(size),
    'content-disposition': dispositionOf(name),
    'content-security-policy': "sandbox; default-src 'none'",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, max-age=600',
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'no-referrer',
  };
}

const anyBytes = 'application/octet-stream';

/** `type/subtype`, by the tokens of RFC 9110. */
const essence = /^\s*([\w!#$&^.+-]{1,100}\/[\w!#$&^.+-]{1,100})\s*(?:;|$)/;

/** HTML, XML and SVG, scripts, style sheets, and the containers of such parts. */
const active = /\/(?:.*\+)?(?:html|xml|xsl|xslt|css)$|script|flash|^multipart\/|^message\/|mhtml/;

/** The type without its parameters, unless it is none or one that a browser runs. */
export function harmlessType(type: string): string {
  const found = essence.exec(type)?.[1]?.toLowerCase();
  return found === undefined || active.test(found) ? anyBytes : found;
}

const nameCharactersMax = 200;

/**
 * `attachment` with the name twice, by RFC 6266: in ASCII for old clients, and all of it by RFC 8187. Characters that
 * would end the header, leave a folder or turn the direction of the text are not part of a name.
 */
export function dispositionOf(name: string): string {
  const safe = Array.from(name.toWellFormed())
    .slice(0, nameCharactersMax)
    .join('')
    .replaceAll(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, ' ')
    .replaceAll(/[/\\]/g, '_')
    .trim();
  const shown = safe === '' ? 'file' : safe;
  const ascii = shown.replaceAll(/[^\x20-\x7e]|["%]/gu, '_');
  const whole = encodeURIComponent(shown).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${whole}`;
}
