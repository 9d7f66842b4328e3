/*
 * MIME by `postal-mime`, whose texts and headers are decoded here where it would get them wrong: it believes what a
 * mail says of its charset, takes all header lines for UTF-8, and decodes windows-1252 by Node's TextDecoder, that of
 * Node 20 makes control characters of quotation marks and the euro sign (nodejs/node#56542).
 *
 * The parser asks for each part whether it is text right before it decodes it. That is where the part's bytes become
 * UTF-8; the question is no public interface, so the version is pinned and a test of every charset watches it.
 */
import { isUtf8 } from 'node:buffer';
import PostalMime, { type Email, type PostalMimeOptions } from 'postal-mime';
import { asBuffer } from '../forms/in-pieces.ts';
import { isPlainUtf8, namedCharset, textInCharset } from './charsets.ts';

/** The part of the parser that is used beyond its types. */
interface Part {
  content: ArrayBuffer | null;
  contentType: { parsed: { params: Record<string, string> } };
}
type OpenParser = PostalMime & { isInlineTextNode(part: Part): boolean };

/** Parses a raw mail. Rejects for what the options forbid, and for defects of the parser. */
export function parseMime(mail: Uint8Array, options: PostalMimeOptions): Promise<Email> {
  const header = asBuffer(mail).subarray(0, headerLength(asBuffer(mail)));
  const hint = namedCharset(header);
  const parser = new PostalMime(options) as OpenParser;
  const isText = parser.isInlineTextNode.bind(parser);
  parser.isInlineTextNode = (part) => {
    if (!isText(part)) return false;
    mendPart(part, hint);
    return true;
  };
  return parser.parse(withReadableHeader(mail, header, hint));
}

function mendPart(part: Part, hint: string | null): void {
  const { params } = part.contentType.parsed;
  const declared = params['charset'] ?? '';
  if (part.content === null) return;
  const bytes = new Uint8Array(part.content);
  if (isPlainUtf8(bytes, declared)) return;
  const text = textInCharset(bytes, declared, metaCharset(bytes) ?? hint);
  part.content = new TextEncoder().encode(text).buffer;
  params['charset'] = 'utf-8';
}

const metaBytes = 2_048;

/** What HTML says of itself; in other text nothing looks like it. */
function metaCharset(bytes: Uint8Array): string | null {
  const start = bytes.subarray(0, metaBytes);
  return asBuffer(start).includes('<meta') || asBuffer(start).includes('<META') ? namedCharset(start) : null;
}

/** The mail with a header in UTF-8, the same bytes where it is that already. */
function withReadableHeader(mail: Uint8Array, header: Buffer, hint: string | null): Uint8Array {
  if (isReadable(header)) return mail;
  const readable = linesOf(header).map((line) =>
    isReadable(line) ? line : Buffer.from(textInCharset(line, '', hint)),
  );
  return Buffer.concat([...readable, mail.subarray(header.length)]);
}

const escape = 0x1b;

function isReadable(bytes: Buffer): boolean {
  return isUtf8(bytes) && !bytes.includes(escape);
}

const lineFeed = 0x0a;
const linesMax = 5_000;

/** The lines with their ends, because each may be in another charset; of an absurd number the last is the rest. */
function linesOf(header: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  for (let start = 0; start < header.length;) {
    const end = lines.length === linesMax ? -1 : header.indexOf(lineFeed, start);
    const next = end < 0 ? header.length : end + 1;
    lines.push(header.subarray(start, next));
    start = next;
  }
  return lines;
}

/** Up to the empty line, which is not found in a mail without a body. */
function headerLength(mail: Buffer): number {
  const ends = [mail.indexOf('\n\n'), mail.indexOf('\n\r\n')].filter((end) => end >= 0);
  return ends.length === 0 ? mail.length : Math.min(...ends);
}
