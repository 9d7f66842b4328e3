/*
 * A voice message in which nobody says anything: Opus in Ogg, as WhatsApp records it (RFC 7845).
 */
import type { MailAttachment } from '../mail/mail.ts';

/** 20 milliseconds of silence. */
const silence = Buffer.from([0xf8, 0xff, 0xfe]);
const samplesPerPacket = 960;
const packetsPerSecond = 50;

/** A recording of at most five seconds, which is what one page holds. */
export function voiceFile(name: string, seconds: number): MailAttachment {
  const packets = Math.min(250, Math.max(1, Math.round(seconds * packetsPerSecond)));
  const content = Buffer.concat([
    page({ sequence: 0, flags: 2, granule: 0 }, [opusHead()]),
    page({ sequence: 1, flags: 0, granule: 0 }, [opusTags('kith sandbox')]),
    page(
      { sequence: 2, flags: 4, granule: packets * samplesPerPacket },
      Array.from({ length: packets }, () => silence),
    ),
  ]);
  return { name, type: 'audio/ogg', content };
}

function opusHead(): Buffer {
  const head = Buffer.alloc(19);
  head.write('OpusHead', 'latin1');
  head.set([1, 1], 8);
  head.writeUInt16LE(312, 10);
  head.writeUInt32LE(48_000, 12);
  return head;
}

function opusTags(vendor: string): Buffer {
  const tags = Buffer.alloc(16 + vendor.length);
  tags.write('OpusTags', 'latin1');
  tags.writeUInt32LE(vendor.length, 8);
  tags.write(vendor, 12, 'latin1');
  return tags;
}

/** A page of packets that are all shorter than 255 bytes (RFC 3533, section 6). */
function page(
  { sequence, flags, granule }: { sequence: number; flags: number; granule: number },
  packets: readonly Buffer[],
): Buffer {
  const head = Buffer.alloc(27);
  head.write('OggS', 'latin1');
  head.set([0, flags], 4);
  head.writeBigUInt64LE(BigInt(granule), 6);
  head.writeUInt32LE(0x4b69_7468, 14);
  head.writeUInt32LE(sequence, 18);
  head.set([packets.length], 26);
  const lengths = Buffer.from(packets.map((packet) => packet.length));
  const bytes = Buffer.concat([head, lengths, ...packets]);
  bytes.writeUInt32LE(checksum(bytes), 22);
  return bytes;
}

/** CRC-32 with the polynomial of Ogg, highest bit first, from nothing to nothing. */
function checksum(bytes: Buffer): number {
  let crc = 0;
  for (const byte of bytes) {
    crc = (crc ^ (byte << 24)) >>> 0;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = ((crc & 0x8000_0000) === 0 ? crc << 1 : (crc << 1) ^ 0x04c1_1db7) >>> 0;
    }
  }
  return crc;
}
