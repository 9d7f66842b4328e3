/*
 * Memory that is used again, for what is written to NATS: taken anew for each message, it would be most of what the
 * garbage collector has to do in a flood.
 */

/** Pages of one size. */
export interface Pages {
  take(): Buffer;
  give(page: Buffer): void;
}

const keptMax = 8;

/** No page yet. */
export function createPages(pageBytes: number): Pages {
  const kept: Buffer[] = [];
  return {
    take: () => kept.pop() ?? Buffer.allocUnsafe(pageBytes),
    give: (page) => {
      if (kept.length < keptMax) kept.push(page);
    },
  };
}
