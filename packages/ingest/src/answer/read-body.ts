/*
 * Reads a request's raw body under a size limit that holds while reading, whatever `Content-Length` says, and with
 * a deadline for each pause, so that a client that sends a byte a minute holds nothing for long.
 */
import type { IncomingMessage } from 'node:http';
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
export function readBody(req: IncomingMessage, limits: BodyLimits, slot: Slot): Promise<BodyRead> {
  return new Promise((resolve) => {
    let pieces: Buffer[] = [];
    let size = 0;
    let isOver = false;
    const end = (read: BodyRead): void => {
      if (isOver) return;
      isOver = true;
      // The request outlives its body by far, and would keep it.
      pieces = [];
      clearTimeout(idle);
      if (read.read !== 'whole') req.pause();
      resolve(read);
    };
    const breakOff = () => end({ read: 'body_incomplete' });
    const idle = setTimeout(breakOff, limits.idleMs);
    req.on('error', breakOff);
    req.on('close', breakOff);
    req.on('end', () => {
      const [first] = pieces;
      const bytes = pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces, size);
      end({ read: 'whole', bytes });
    });
    req.on('data', (piece: Buffer) => {
      if (isOver) return;
      idle.refresh();
      size += piece.byteLength;
      if (size > limits.bytesMax) end({ read: 'body_too_large' });
      else if (slot.reserve(piece.byteLength)) pieces.push(piece);
      else end({ read: 'busy' });
    });
  });
}
