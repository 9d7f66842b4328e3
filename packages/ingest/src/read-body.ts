/*
 * Reads a request's raw body under a size limit that holds while reading, whatever `Content-Length` says, and with
 * a deadline for each pause, so that a client that sends a byte a minute holds nothing for long.
 */
import type { Slot } from './in-flight.ts';

/** The whole body, or why there is none. */
export type BodyRead =
  | { read: 'whole'; bytes: Uint8Array }
  | { read: 'body_too_large' }
  | { read: 'busy' }
  | { read: 'body_incomplete' };

/** The limits of a body. */
export interface BodyLimits {
  bytesMax: number;
  /** Longest pause between two pieces. */
  idleMs: number;
}

/** Reads to the end, or until a limit is met; the rest is then left unread. */
export async function readBody(request: Request, limits: BodyLimits, slot: Slot): Promise<BodyRead> {
  const reader = request.body?.getReader();
  if (reader === undefined) return { read: 'whole', bytes: new Uint8Array(0) };
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const piece = await nextPiece(reader, limits.idleMs);
    if (piece === 'failed') return abandon(reader, 'body_incomplete');
    if (piece === 'end') return { read: 'whole', bytes: Buffer.concat(pieces, size) };
    size += piece.byteLength;
    if (size > limits.bytesMax) return abandon(reader, 'body_too_large');
    if (!slot.reserve(piece.byteLength)) return abandon(reader, 'busy');
    pieces.push(piece);
  }
}

type Reader = ReadableStreamDefaultReader<Uint8Array>;

async function nextPiece(reader: Reader, idleMs: number): Promise<Uint8Array | 'end' | 'failed'> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<'failed'>((resolve) => {
    timer = setTimeout(() => resolve('failed'), idleMs);
  });
  const piece = reader.read().then(
    (result) => (result.done ? 'end' : result.value),
    () => 'failed' as const,
  );
  try {
    return await Promise.race([piece, idle]);
  } finally {
    clearTimeout(timer);
  }
}

function abandon(reader: Reader, read: 'body_too_large' | 'busy' | 'body_incomplete'): BodyRead {
  void reader.cancel().catch(() => {});
  return { read };
}
