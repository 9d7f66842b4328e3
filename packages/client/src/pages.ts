/*
 * A paged list as one sequence of items.
 */

/** A page of a list, as every list of Kith answers. */
interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/**
 * All items of a list, page after page, read as they are needed.
 *
 * @example
 * ```ts
 * for await (const message of pages(kith.read.records.timeline, { recordId: '93' })) {
 *   if (message.sentAt < since) break;
 *   console.log(message.sentAt, message.text);
 * }
 * ```
 */
export async function* pages<I extends { cursor?: string | undefined }, T>(
  list: { query(input: I, options?: { signal?: AbortSignal }): Promise<Page<T>> },
  input: Omit<I, 'cursor'>,
  options: { signal?: AbortSignal } = {},
): AsyncGenerator<T, void> {
  let cursor: string | null | undefined;
  while (cursor !== null) {
    // What is left out of the input is the cursor, which only a page can give.
    const asked = { ...input, ...(cursor === undefined ? {} : { cursor }) } as I;
    const page: Page<T> = await list.query(asked, options);
    yield* page.items;
    cursor = page.nextCursor;
  }
}
