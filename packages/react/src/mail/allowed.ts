/*
 * What of a mail's HTML is shown: text, tables, lists and images, and what makes them look as they were written. All
 * else is left out; what stands in it is kept where it is text.
 */

/** Elements that only arrange text and images. SVG, MathML, forms, media and frames are none of them. */
export const allowedTags = `
  a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code
  col colgroup dd del dfn dir div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6
  header hr i img ins kbd li main mark nav ol p pre q s samp section small span strike strong
  sub sup table tbody td tfoot th thead tr tt u ul var wbr
`
  .trim()
  .split(/\s+/);

/** The name under which a style attribute waits; see `inert-styles.ts`. */
export const styleAttribute = 'data-kith-style';

/** `id` is there to find quotes by, and taken away with them. */
export const allowedAttributes = `${styleAttribute}
  align alt background bgcolor border cellpadding cellspacing class color cols colspan dir
  face height href hspace id lang noshade nowrap reversed rowspan scope size span src start
  text title type valign value vspace width
`
  .trim()
  .split(/\s+/);

const rasterTypes = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

/** Whether it is a picture made of pixels, which runs and fetches nothing. */
export function isRaster(type: string): boolean {
  return rasterTypes.has(type.toLowerCase());
}

/** What an address of an image leads to. */
export type ImageSource = 'remote' | 'data' | 'none' | { contentId: string };

/** Tells a file of the mail from an image in the address itself and from one of the internet. */
export function imageSource(address: string): ImageSource {
  const trimmed = address.trim();
  const cid = /^cid:(.+)$/is.exec(trimmed)?.[1];
  if (cid !== undefined) return { contentId: decoded(cid).replace(/^<|>$/g, '') };
  const dataType = /^data:([^;,]+)/i.exec(trimmed)?.[1];
  if (dataType !== undefined) return isRaster(dataType) ? 'data' : 'none';
  // Without a scheme of its own it would be an address of this site.
  return /^(?:https?:)?\/\//i.test(trimmed) ? 'remote' : 'none';
}

/** The whole address of a link that may be followed, null for any other. */
export function linkTarget(address: string): string | null {
  const url = URL.canParse(address.trim()) ? new URL(address.trim()) : null;
  return url !== null && ['http:', 'https:', 'mailto:', 'tel:'].includes(url.protocol) ? url.href : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
