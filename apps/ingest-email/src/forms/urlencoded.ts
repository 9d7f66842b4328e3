/*
 * Bodies of `application/x-www-form-urlencoded`, to bytes: `URLSearchParams` takes every value for UTF-8, and a raw
 * mail in another charset would be lost. Values are decoded only when somebody asks for them.
 */
import type { FormLimits, FormPart, FormRead } from './form.ts';
import { asBuffer } from './in-pieces.ts';

const [ampersand, equals, plus, percent, space] = [0x26, 0x3d, 0x2b, 0x25, 0x20];

/** Reads a body; any text is a form of this kind. What stands between two `&` counts as a part, also when empty. */
export function readUrlencoded(body: Uint8Array, limits: FormLimits): FormRead {
  const parts: FormPart[] = [];
  const bytes = asBuffer(body);
  let start = 0;
  for (let count = 0; start < bytes.length; count += 1) {
    if (count === limits.partsMax) return { ok: false, reason: 'too_many_parts' };
    const found = bytes.indexOf(ampersand, start);
    const end = found < 0 ? bytes.length : found;
    if (end > start) parts.push(toPart(bytes.subarray(start, end), limits));
    start = end + 1;
  }
  return { ok: true, parts };
}

function toPart(pair: Buffer, { nameCharsMax }: FormLimits): FormPart {
  const at = pair.indexOf(equals);
  const name = at < 0 ? pair : pair.subarray(0, at);
  const value = at < 0 ? pair.subarray(pair.length) : pair.subarray(at + 1);
  return {
    name: percentDecoded(name.subarray(0, 3 * nameCharsMax))
      .toString('utf8')
      .slice(0, nameCharsMax),
    file: null,
    sent: [value],
    bytes: () => percentDecoded(value),
  };
}

/** A percent sign without two hex digits stands for itself. */
function percentDecoded(written: Buffer): Buffer {
  const decoded = Buffer.allocUnsafe(written.length);
  let length = 0;
  for (let at = 0; at < written.length; at += 1) {
    const byte = written[at] ?? 0;
    const value = byte === percent ? hexValue(written, at + 1) : -1;
    if (value >= 0) at += 2;
    decoded[length] = value >= 0 ? value : byte === plus ? space : byte;
    length += 1;
  }
  return decoded.subarray(0, length);
}

function hexValue(written: Buffer, at: number): number {
  const [high, low] = [digitOf(written[at] ?? 0), digitOf(written[at + 1] ?? 0)];
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

function digitOf(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
