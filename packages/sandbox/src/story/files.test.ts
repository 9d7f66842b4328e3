import { describe, expect, test } from 'vitest';
import { createRandom } from '../random.ts';
import { jpegFile } from './jpeg-file.ts';
import { voiceFile } from './voice-file.ts';

describe('a picture', () => {
  const { content, type } = jpegFile('gate.jpg', createRandom(1));

  test('is a chain of segments from the start of the image to its end', () => {
    expect(type).toBe('image/jpeg');
    expect(content.subarray(0, 2).toString('hex')).toBe('ffd8');
    const markers: number[] = [];
    let offset = 2;
    while (markers.at(-1) !== 0xda) {
      expect(content[offset]).toBe(0xff);
      markers.push(content[offset + 1] ?? 0);
      offset += 2 + content.readUInt16BE(offset + 2);
    }
    expect(markers).toEqual([0xe0, 0xdb, 0xc0, 0xc4, 0xc4, 0xda]);
    expect(content.subarray(-2).toString('hex')).toBe('ffd9');
  });

  test('has no marker among its pixels, whatever they are', () => {
    const scans = Array.from({ length: 60 }, (_, seed) => {
      const picture = jpegFile('gate.jpg', createRandom(seed)).content;
      const start = picture.indexOf(Buffer.from([0xff, 0xda])) + 14;
      return picture.subarray(start, -2).toString('latin1');
    });
    expect(scans.filter((scan) => /\xff[^\0]/.test(scan))).toEqual([]);
  });

  test('has its size in its head, and another sun by other chance', () => {
    const frame = content.indexOf(Buffer.from([0xff, 0xc0]));
    expect([content.readUInt16BE(frame + 7), content.readUInt16BE(frame + 5)]).toEqual([128, 88]);
    expect(jpegFile('gate.jpg', createRandom(1)).content).toEqual(content);
    const others = [2, 3, 4, 5].map((seed) => jpegFile('gate.jpg', createRandom(seed)).content);
    expect(others.some((other) => !other.equals(content))).toBe(true);
  });
});

describe('a voice message', () => {
  test('is three pages of Ogg, the last of which ends after its seconds', () => {
    const { content, type } = voiceFile('voice.ogg', 4);
    expect(type).toBe('audio/ogg');
    const pages: { flags: number; granule: bigint; packets: number }[] = [];
    for (let offset = 0; offset < content.length;) {
      expect(content.toString('latin1', offset, offset + 4)).toBe('OggS');
      const packets = content[offset + 26] ?? 0;
      const lengths = content.subarray(offset + 27, offset + 27 + packets);
      pages.push({ flags: content[offset + 5] ?? 0, granule: content.readBigUInt64LE(offset + 6), packets });
      offset += 27 + packets + lengths.reduce((sum, length) => sum + length, 0);
    }
    expect(pages).toEqual([
      { flags: 2, granule: 0n, packets: 1 },
      { flags: 0, granule: 0n, packets: 1 },
      { flags: 4, granule: 192_000n, packets: 200 },
    ]);
    expect(content.includes('OpusHead')).toBe(true);
  });
});
