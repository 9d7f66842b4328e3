import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const gunzipAsync = promisify(gunzip);

/** Unzips, up to so many bytes; null when it is no gzip, or is larger. */
export async function unzip(body: Uint8Array, bytesMax: number): Promise<Uint8Array | null> {
  try {
    return await gunzipAsync(body, { maxOutputLength: bytesMax });
  } catch {
    return null;
  }
}
