/*
 * Splits an mbox into its mails while it is read, so that a mailbox of any size needs the memory of one mail.
 *
 * A mail begins at a "From " line at the start of the file or after an empty line, when the line also looks like
 * what mail programs write (RFC 4155; Thunderbird writes "From - <date>"). A line of a mail that begins like it was
 * quoted as ">From " by the writer and loses one ">" here (mboxrd, and mboxo as far as it can be undone). All other
 * bytes stay as they are, line ends included. The libraries at hand (node-mbox 2.0, mbox-reader 1.2) do not undo
 * quoting or rewrite line ends, and keep a mail of any size in memory.
 */

/** A mail of an mbox; `bytes` is null when it is larger than allowed. `number` counts from 1. */
export interface MboxMail {
  number: number;
  bytes: Buffer | null;
  size: number;
}

const lineFeed = 0x0a;
const fromPrefix = Buffer.from('From ');
const quotedFrom = /^>+From /;

/** The mails of an mbox in order. Bytes before the first "From " line are one mail too, when they are not blank. */
export async function* splitMbox(
  chunks: AsyncIterable<Uint8Array>,
  options: { mailBytesMax: number },
): AsyncGenerator<MboxMail, void> {
  let mail = createCollector(options.mailBytesMax);
  let number = 0;
  let afterBlank = true;
  for await (const line of splitLines(chunks, options.mailBytesMax)) {
    if (afterBlank && isFromLine(line)) {
      if (!mail.isBlank()) yield { number: (number += 1), ...mail.finish() };
      mail = createCollector(options.mailBytesMax);
      afterBlank = false;
      continue;
    }
    mail.add(unquote(line));
    afterBlank = isBlankLine(line);
  }
  if (!mail.isBlank()) yield { number: number + 1, ...mail.finish() };
}

function isFromLine(line: Buffer): boolean {
  if (!line.subarray(0, fromPrefix.length).equals(fromPrefix)) return false;
  const text = line.toString('latin1', fromPrefix.length, 300).trim();
  // Without these a sentence that begins with "From " would cut an unquoted mail in two.
  const isDated = /\d:\d\d/.test(text) && /\b\d{4}\b/.test(text);
  return isDated || text === '' || text === '-' || /^\S+@\S+$/.test(text);
}

const isBlankLine = (line: Buffer): boolean => line.length <= 2 && line.toString('latin1').trim() === '';

function unquote(line: Buffer): Buffer {
  if (line[0] !== 0x3e) return line;
  return quotedFrom.test(line.toString('latin1', 0, 200)) ? line.subarray(1) : line;
}

function createCollector(bytesMax: number) {
  let lines: Buffer[] = [];
  let size = 0;
  let blank = true;
  return {
    add(line: Buffer): void {
      size += line.length;
      blank &&= isBlankLine(line);
      if (size > bytesMax) lines = [];
      else lines.push(line);
    },
    isBlank: () => blank,
    /** The empty line before the next "From " line belongs to the mbox, not to the mail. */
    finish(): { bytes: Buffer | null; size: number } {
      if (size > bytesMax) return { bytes: null, size };
      const last = lines.at(-1);
      const end = last !== undefined && isBlankLine(last) ? -1 : lines.length;
      return { bytes: Buffer.concat(lines.slice(0, end)), size };
    },
  };
}

/** Lines with their line ends. A line longer than `pieceBytesMax` comes in pieces, so that memory stays bounded. */
async function* splitLines(
  chunks: AsyncIterable<Uint8Array>,
  pieceBytesMax: number,
): AsyncGenerator<Buffer, void> {
  let rest: Buffer[] = [];
  let restSize = 0;
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end !== -1; end = bytes.indexOf(lineFeed, start)) {
      const line = bytes.subarray(start, end + 1);
      yield rest.length === 0 ? line : Buffer.concat([...rest, line]);
      [rest, restSize] = [[], 0];
      start = end + 1;
    }
    rest.push(bytes.subarray(start));
    restSize += bytes.length - start;
    if (restSize > pieceBytesMax) {
      yield Buffer.concat(rest);
      [rest, restSize] = [[], 0];
    }
  }
  if (restSize > 0) yield Buffer.concat(rest);
}
