/*
 * A photograph of sorts: a small baseline JPEG of a sky over the ground, with the sun where chance puts it.
 *
 * Every block of 8 by 8 pixels has one colour, so that of each only the first coefficient is written (ISO/IEC 10918-1).
 */
import type { MailAttachment } from '../mail/mail.ts';
import type { Random } from '../random.ts';

const [columns, rows] = [16, 11];

/** A picture of 128 by 88 pixels. */
export function jpegFile(name: string, random: Random): MailAttachment {
  const sun = { x: random.int(1, columns - 2), y: random.int(1, 3) };
  const horizon = random.int(5, 7);
  const ground = random.pick(grounds);
  const colourAt = (x: number, y: number): Colour => {
    if (Math.hypot(x - sun.x, y - sun.y) < 1.5) return [236, 96, 146];
    if (y < horizon) return [176 + y * 8, 150 - y * 3, 108 + y * 2];
    return [ground[0] - (y - horizon) * 9 + ((x * 7 + y * 3) % 5) * 4, ground[1], ground[2]];
  };
  const blocks = Array.from({ length: rows * columns }, (_, at) =>
    colourAt(at % columns, Math.floor(at / columns)),
  );
  const content = Buffer.concat([...head, scan(blocks), Buffer.from([0xff, 0xd9])]);
  return { name, type: 'image/jpeg', content };
}

/** Luminance and the two chrominances, 0 to 255. */
type Colour = readonly [number, number, number];

const grounds: readonly Colour[] = [
  [118, 104, 122],
  [104, 124, 136],
  [132, 112, 140],
];

const quantum = 8;
/** The code of each size of a difference: the usual table for luminance (section K.3.1). */
const codes = ['00', '010', '011', '100', '101', '110', '1110', '11110', '111110', '1111110'];
const codeLengths = [0, 1, 5, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0];

const segment = (marker: number, ...bytes: readonly number[]): Buffer =>
  Buffer.from([0xff, marker, (bytes.length + 2) >> 8, (bytes.length + 2) & 0xff, ...bytes]);

const components = [1, 2, 3];
const head: readonly Buffer[] = [
  Buffer.from([0xff, 0xd8]),
  segment(0xe0, ...Buffer.from('JFIF\0'), 1, 1, 0, 0, 1, 0, 1, 0, 0),
  segment(0xdb, 0, ...Array.from({ length: 64 }, () => quantum)),
  segment(0xc0, 8, 0, rows * 8, 0, columns * 8, 3, ...components.flatMap((id) => [id, 0x11, 0])),
  segment(0xc4, 0x00, ...codeLengths, ...codes.keys()),
  // Of the other coefficients there is only one code: that no more follow.
  segment(0xc4, 0x10, 1, ...Array.from({ length: 15 }, () => 0), 0),
  segment(0xda, 3, ...components.flatMap((id) => [id, 0x00]), 0, 63, 0),
];

function scan(blocks: readonly Colour[]): Buffer {
  const previous = [0, 0, 0];
  const bits = blocks.flatMap((colour) =>
    colour.map((value, component) => {
      const coefficient = Math.round(((value - 128) * 8) / quantum);
      const difference = coefficient - (previous[component] ?? 0);
      previous[component] = coefficient;
      return `${bitsOf(difference)}0`;
    }),
  );
  const text = bits.join('');
  const padded = text.padEnd(Math.ceil(text.length / 8) * 8, '1');
  const bytes = (padded.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2));
  // A byte of ones would be a marker.
  return Buffer.from(bytes.flatMap((byte) => (byte === 0xff ? [0xff, 0x00] : [byte])));
}

/** The size of the number, then its bits; of a negative one those of its complement. */
function bitsOf(difference: number): string {
  const size = difference === 0 ? 0 : Math.floor(Math.log2(Math.abs(difference))) + 1;
  if (size === 0) return codes[0] ?? '';
  const value = difference > 0 ? difference : difference + 2 ** size - 1;
  return `${codes[size] ?? ''}${value.toString(2).padStart(size, '0')}`;
}
