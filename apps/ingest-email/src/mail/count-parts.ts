/*
 * Counts a mail's parts without parsing it: the lines that open a part of a declared boundary.
 *
 * The parser limits how deep parts nest and not how many there are; each costs it an object and several strings,
 * and a mail of 48 MB can hold eight million. Counting takes one pass over the bytes.
 */

const lineFeed = 0x0a;
const boundaryParameter = /boundary(\*[\d*]*)?\s*=\s*(?:"((?:[^"\\\r\n]|\\.)*)"|([^\s;"]+))/gi;

/** How many parts the mail opens; exact only when there are more than `upTo`. */
export function countParts(mail: Uint8Array, upTo: number): number {
  const bytes = Buffer.from(mail.buffer, mail.byteOffset, mail.byteLength);
  const dashed = dashedLineStarts(bytes);
  if (dashed.length <= upTo) return dashed.length;
  const boundaries = declaredBoundaries(bytes);
  if (boundaries === 'any') return dashed.length;
  return dashed.filter((start) => boundaries.has(lineAt(bytes, start))).length;
}

function dashedLineStarts(bytes: Buffer): number[] {
  const starts = bytes.subarray(0, 2).equals(Buffer.from('--')) ? [0] : [];
  for (let at = bytes.indexOf('\n--'); at >= 0; at = bytes.indexOf('\n--', at + 1)) starts.push(at + 1);
  return starts;
}

/** The boundaries that are declared anywhere; any line counts when one is written in pieces (RFC 2231). */
function declaredBoundaries(bytes: Buffer): Set<string> | 'any' {
  const boundaries = new Set<string>();
  for (const [, pieces, quoted, bare] of bytes.toString('latin1').matchAll(boundaryParameter)) {
    if (pieces !== undefined) return 'any';
    boundaries.add((quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '').trimEnd());
  }
  return boundaries;
}

function lineAt(bytes: Buffer, start: number): string {
  // A boundary has at most 70 characters (RFC 2046); longer ones exist, absurd ones need not be found.
  const end = bytes.indexOf(lineFeed, start);
  const line = bytes.subarray(start + 2, Math.min(end < 0 ? bytes.length : end, start + 1_000));
  return line.toString('latin1').trimEnd();
}
