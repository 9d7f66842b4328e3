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
    const pieces: Buffer[] = [];
    let size = 0;
    const end = (read: BodyRead): void => {
      clearTimeout(idle);
      req.removeAllListeners('data').removeAllListeners('end').removeAllListeners('close');
      req.pause();
      resolve(read);
    };
    const idle = setTimeout(() => end({ read: 'body_incomplete' }), limits.idleMs);
    // A connection that breaks off emits an error besides, which nobody else listens to.
    req.on('error', () => {});
    req.on('close', () => end({ read: 'body_incomplete' }));
    req.on('end', () => {
      const [first] = pieces;
      const bytes = pieces.length === 1 && first !== undefined ? first : Buffer.concat(pieces, size);
      end({ read: 'whole', bytes });
    });
    req.on('data', (piece: Buffer) => {
      idle.refresh();
      size += piece.byteLength;
      if (size > limits.bytesMax) end({ read: 'body_too_large' });
      else if (slot.reserve(piece.byteLength)) pieces.push(piece);
      else end({ read: 'busy' });
    });
  });
}
