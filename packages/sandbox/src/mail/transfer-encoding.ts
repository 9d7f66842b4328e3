/*
 * Bodies as seven-bit lines (RFC 2045): quoted-printable for text that is mostly ASCII, base64 for everything else.
 */

/** A text body with the encoding that keeps it shortest and readable. */
export function encodeBody(text: string): { encoding: string; content: string } {
  const lines = text.replaceAll(/\r?\n/g, '\r\n');
  const bytes = Buffer.from(lines);
  const foreign = bytes.reduce((count, byte) => (byte > 126 ? count + 1 : count), 0);
  if (foreign > bytes.length / 6) return { encoding: 'base64', content: encodeBase64(bytes) };
  if (foreign === 0 && lines.split('\r\n').every((line) => line.length <= 78)) {
    return { encoding: '7bit', content: lines };
  }
  return { encoding: 'quoted-printable', content: encodeQuotedPrintable(lines) };
}

/** Base64 in lines of 76 characters. */
export function encodeBase64(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll(/.{76}(?=.)/g, '$&\r\n');
}

/** Quoted-printable of UTF-8 text whose line ends are CRLF. */
export function encodeQuotedPrintable(text: string): string {
  return text.split('\r\n').map(quoteLine).join('\r\n');
}

function quoteLine(line: string): string {
  const units = [...Buffer.from(line)].map((byte, index, bytes) =>
    quoteByte(byte, index === bytes.length - 1),
  );
  const lines = [''];
  for (const unit of units) {
    const current = lines.at(-1) ?? '';
    // A soft line break takes the last of 76 columns.
    if (current.length + unit.length > 75) {
      lines[lines.length - 1] = `${current}=`;
      lines.push(unit);
    } else {
      lines[lines.length - 1] = current + unit;
    }
  }
  return lines.join('\r\n');
}

function quoteByte(byte: number, last: boolean): string {
  const blank = byte === 0x20 || byte === 0x09;
  // A blank at a line's end would be lost on the way (RFC 2045, section 6.7, rule 3).
  if (blank ? !last : byte >= 0x21 && byte <= 0x7e && byte !== 0x3d) return String.fromCharCode(byte);
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
