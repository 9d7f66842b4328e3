import { setImmediate as nextTurn } from 'node:timers/promises';

/** The bytes piece by piece, without a copy; after each piece others get a turn. */
export async function* inPieces(bytes: Uint8Array, pieceBytes: number): AsyncGenerator<Buffer> {
  const whole = asBuffer(bytes);
  for (let start = 0; start < whole.length; start += pieceBytes) {
    if (start > 0) await nextTurn();
    yield whole.subarray(start, start + pieceBytes);
  }
}

/** The same memory as a Buffer. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
