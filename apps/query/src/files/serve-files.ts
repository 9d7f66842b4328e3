/*
 * `GET /files/:token`: the bytes behind a link that `attachments.links` told. They pass through a piece at a time, as
 * fast as they are taken, so that many large files cost little memory.
 *
 * The answers that are errors are for people: who follows a link that is over reads in the browser what to do.
 */
import { BlobMissing, type BlobStore } from '@kith/blobs';
import { isRetryable, type Rows } from '@kith/database';
import type { Logger } from '@kith/service';
import { Hono } from 'hono';
import { cors } from 'hono/cors';
import { findFile } from '../reads/attachment-files.ts';
import { fileHeaders } from './file-headers.ts';
import type { FileLinks } from './file-links.ts';

/** What files are served from. */
export interface FileSources {
  db: Rows;
  blobs: Pick<BlobStore, 'open'>;
  fileLinks: FileLinks;
  log: Pick<Logger, 'error' | 'warn'>;
}

/** The route below `/files`, open to pages of any origin: the link is the only credential. */
export function createFilesApp(sources: FileSources): Hono {
  const app = new Hono();
  app.use(
    '/files/*',
    cors({ origin: '*', allowMethods: ['GET', 'HEAD'], exposeHeaders: ['content-disposition'] }),
  );
  // Hono takes HEAD here, too.
  app.get('/files/:token', async (c) => {
    try {
      return await answer(sources, { token: c.req.param('token'), isHead: c.req.raw.method === 'HEAD' });
    } catch (err) {
      sources.log.error({ err }, 'a file could not be served');
      return isRetryable(err) ? refusals.unavailable() : refusals.failed();
    }
  });
  return app;
}

async function answer(sources: FileSources, asked: { token: string; isHead: boolean }): Promise<Response> {
  const link = sources.fileLinks.open(asked.token);
  if (link === 'expired') return refusals.expired();
  if (link === 'unknown') return refusals.missing();
  const file = await findFile(sources.db, link);
  if (file === null) return refusals.missing();
  const blob = await sources.blobs.open(file.blobKey).catch((err: unknown) => {
    sources.log.warn({ attachmentId: link.attachmentId, err }, 'the bytes of a file could not be opened');
    return err instanceof BlobMissing ? ('missing' as const) : ('unavailable' as const);
  });
  if (typeof blob === 'string') return refusals[blob]();
  const headers = fileHeaders({ ...file, size: blob.size });
  if (!asked.isHead) return new Response(blob.bytes, { headers });
  await blob.bytes.cancel();
  return new Response(null, { headers });
}

/** Every way in which there is no file, with its status. */
const refusals = {
  missing: () =>
    refuse(404, 'There is no such file, or its message was deleted; ask attachments.links for a link.'),
  expired: () => refuse(410, 'This link is over; ask attachments.links for a new one.'),
  unavailable: () => refuse(503, 'The file cannot be read for a moment; try again.', { 'retry-after': '2' }),
  failed: () => refuse(500, 'The file cannot be read; the log of the query service says why.'),
};

function refuse(status: number, sentence: string, headers: Record<string, string> = {}): Response {
  return new Response(`${sentence}\n`, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
  });
}
