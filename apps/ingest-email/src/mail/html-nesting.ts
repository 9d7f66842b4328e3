/*
 * How deep the elements of a page nest, counted over its tags alone.
 *
 * The HTML parser under `html-to-text` keeps its open elements in a list whose every change costs their number: a
 * page of 100,000 open elements takes it three seconds, one of a million minutes. No page that somebody wrote nests
 * a thousand deep; tags that are seldom closed (`p`, `li`, `br`, …) do not count, because they do not nest.
 */

const tag = /<(\/?)([a-z][a-z0-9]*)/gi;
const notNesting = new Set(
  [
    'area base br col embed hr img input link meta param source track wbr',
    'body dd dt head html li optgroup option p rp rt tbody td tfoot th thead tr',
  ].flatMap((line) => line.split(' ')),
);

/** Whether elements nest deeper than `depthMax`. */
export function nestsDeeperThan(html: string, depthMax: number): boolean {
  let depth = 0;
  for (const [, closes, name = ''] of html.matchAll(tag)) {
    if (notNesting.has(name.toLowerCase())) continue;
    depth = closes === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > depthMax) return true;
  }
  return false;
}
