import type { Readable } from 'node:stream';

/**
 * The bytes of a stream of node's, read when they are asked for and no further. Not `Readable.toWeb`, which counts pieces
 * where it means bytes and so keeps 65,536 of them ahead of its reader; and not `ReadableStream.from`, which leaves the
 * file open where nobody read of it before it was cancelled.
 */
export function piecesOf(readable: Readable): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<Uint8Array> = readable[Symbol.asyncIterator]();
  return new ReadableStream(
    {
      pull: async (controller) => {
        const { done, value } = await pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      cancel: () => {
        readable.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}
