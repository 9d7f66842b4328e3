/*
 * The built page, read into memory once: some tens of files, a few hundred kilobytes.
 *
 * A request is answered by looking its path up among the files that were found, so no path of a request ever reaches
 * the file system, and there is nothing to traverse. Text is compressed here, once, rather than at every request.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** A file as it is served. `encoded` holds its compressed forms, where they are worth it. */
export interface StaticFile {
  body: Uint8Array<ArrayBuffer>;
  encoded: { br?: Uint8Array<ArrayBuffer>; gzip?: Uint8Array<ArrayBuffer> };
  type: string;
  etag: string;
  /** Its name changes with its content, so that it may be kept for ever. */
  immutable: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const compressedBytesMin = 1024;

/** The best quality (11) takes two seconds of every start for a twentieth less. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

/** Reads a directory; the keys are the paths of URLs (`/index.html`, `/assets/page-1a2b.js`). */
export async function loadStaticFiles(directory: string): Promise<ReadonlyMap<string, StaticFile>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch((err: unknown) => {
    throw new Error(`the page is not built at ${directory}; run "pnpm --filter @kith/web build"`, {
      cause: err,
    });
  });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map((path) => loadFile(directory, path))));
}

async function loadFile(directory: string, path: string): Promise<[string, StaticFile]> {
  const urlPath = `/${relative(directory, path).split(sep).join('/')}`;
  const body = new Uint8Array(await readFile(path));
  const type = types[extname(path)] ?? 'application/octet-stream';
  const file: StaticFile = {
    body,
    encoded: type.includes('charset') && body.byteLength >= compressedBytesMin ? compress(body) : {},
    type,
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
    immutable: urlPath.startsWith('/assets/'),
  };
  return [urlPath, file];
}

function compress(body: Uint8Array): StaticFile['encoded'] {
  return {
    br: new Uint8Array(brotliCompressSync(body, brotliOptions)),
    gzip: new Uint8Array(gzipSync(body)),
  };
}
