import type { OpenBlob } from '@kith/blobs';

/** The UTF-8 text of a blob, up to so many bytes of it, and whether there is more. The rest is not read. */
export async function readText(blob: OpenBlob, bytesMax: number): Promise<{ text: string; isCut: boolean }> {
  const decoder = new TextDecoder();
  let text = '';
  let left = bytesMax;
  for await (const piece of blob.bytes) {
    text += decoder.decode(piece.subarray(0, left), { stream: true });
    left -= piece.byteLength;
    if (left <= 0) break;
  }
  const isCut = blob.size > bytesMax;
  // A character that the cut goes through is left out; of a text that ends within one, it is shown as spoilt.
  return { text: isCut ? text : text + decoder.decode(), isCut };
}
