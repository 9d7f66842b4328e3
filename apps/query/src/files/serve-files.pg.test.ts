import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { listen } from '@kith/service';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openQueryService, type QueryService, type Tenant } from '../../test/query-service.ts';
import type { SeededAttachment, SeededMessage } from '../../test/seed.ts';
import { createFilesApp, type FileSources } from './serve-files.ts';

let service: QueryService;
let tenant: Tenant;
beforeAll(async () => {
  service = await openQueryService();
  tenant = await service.tenant();
});
afterAll(() => service[Symbol.asyncDispose]());

const keep = async (bytes: Uint8Array): Promise<string> =>
  (await service.blobs.put(tenant.seed.workspace, bytes)).key;

interface Written {
  attachmentId: string;
  messageId: string;
}

async function write(
  file: Partial<SeededAttachment>,
  message: Partial<SeededMessage> = {},
): Promise<Written> {
  const attachmentId = randomUUID();
  const attachments = [{ id: attachmentId, name: 'a.txt', size: 3, ...file }];
  const { messageIds } = await tenant.seed.conversation({
    people: [],
    messages: [{ sentAt: '2026-11-01T00:00:00.000Z', attachments, ...message }],
  });
  return { attachmentId, messageId: messageIds[0] ?? '' };
}

async function linkTo({ attachmentId }: Written): Promise<string> {
  const { items } = await tenant.client.attachments.links.query({ attachmentIds: [attachmentId] });
  return `${service.url}${items[0]?.path ?? '/no/link'}`;
}

describe('links', () => {
  test('are told for the files whose bytes are here, in the order asked for, and for no others', async () => {
    const here = await write({});
    const fetched = await write({ mediaKey: 'meta:1' });
    await tenant.seed.media({ key: 'meta:1' });
    const awaited = await write({ mediaKey: 'meta:2' });
    const takenBack = await write({}, { isDeleted: true });
    const asked = [fetched, awaited, takenBack, here, { attachmentId: randomUUID() }, { attachmentId: 'x' }];
    const { items } = await tenant.client.attachments.links.query({
      attachmentIds: asked.map(({ attachmentId }) => attachmentId),
    });
    expect(items.map(({ attachmentId }) => attachmentId)).toEqual([fetched.attachmentId, here.attachmentId]);
    const inTenMinutes = Math.floor(service.clock.now.getTime() / 1_000 + 600) * 1_000;
    expect(items[0]?.expiresAt).toBe(new Date(inTenMinutes).toISOString());
  });
});

describe('a link', () => {
  test('gives the bytes without a key, to be saved under their name and run nowhere', async () => {
    const file = await write({
      name: 'Größe "1"\r\nx: y.html',
      type: 'text/html',
      blobKey: await keep(Buffer.from('<script>')),
    });
    const response = await fetch(await linkTo(file), { headers: { origin: 'https://crm.example' } });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('<script>');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': '8',
      'content-disposition': expect.stringMatching(
        /^attachment; filename="[ -~]+"; filename\*=UTF-8''Gr%C3%B6/,
      ) as string,
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=600',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'content-disposition',
    });
    expect(response.headers.get('x')).toBeNull();
  });

  test('of a file that was fetched after its message has the type that it was fetched with', async () => {
    const blobKey = await keep(Buffer.from('png'));
    await tenant.seed.media({ key: 'meta:png', blobKey, type: 'image/png' });
    const response = await fetch(await linkTo(await write({ mediaKey: 'meta:png', type: '' })));
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(await response.text()).toBe('png');
  });

  test('answers HEAD with the same headers', async () => {
    const link = await linkTo(await write({ blobKey: await keep(Buffer.from('abc')) }));
    const response = await fetch(link, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
      200,
      '3',
      '',
    ]);
  });

  test('that was changed, or names a file of another workspace, leads to nothing', async () => {
    const link = await linkTo(await write({ blobKey: await keep(Buffer.from('abc')) }));
    const stranger = await service.tenant();
    const changed = [
      link.slice(0, -1),
      link.replace(tenant.seed.workspace, stranger.seed.workspace),
      `${service.url}/files/x`,
    ];
    for (const url of changed) {
      const response = await fetch(url);
      expect(response.status).toBe(404);
      expect(await response.text()).toMatch(/ask attachments\.links/);
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  test('ends after ten minutes and says what to do', async () => {
    const link = await linkTo(await write({ blobKey: await keep(Buffer.from('abc')) }));
    const { now } = service.clock;
    service.clock.now = new Date(now.getTime() + 10 * 60_000);
    const response = await fetch(link);
    service.clock.now = now;
    expect([response.status, await response.text()]).toEqual([
      410,
      expect.stringMatching(/ask attachments\.links/),
    ]);
  });

  test('leads to nothing once the message was deleted, or erased, or the bytes are gone', async () => {
    const blobKey = await keep(Buffer.from('abc'));
    const [takenBack, erased] = [await write({ blobKey }), await write({ blobKey })];
    const gone = await write({ blobKey: `${tenant.seed.workspace}/ab/ab${'0'.repeat(62)}` });
    const links = await Promise.all([takenBack, erased, gone].map(linkTo));
    await service.db.rows(sql`update message set deleted_at = now() where id = ${takenBack.messageId}`);
    await service.db.rows(sql`delete from attachment where id = ${erased.attachmentId}`);
    expect(await Promise.all(links.map(async (link) => (await fetch(link)).status))).toEqual([404, 404, 404]);
  });

  test('gives a large file as fast as it is taken: little of it is in memory at any time', async () => {
    const size = 256 * 1024 * 1024;
    const link = await linkTo(await write({ blobKey: await keep(Buffer.from('abc')) }));
    let read = 0;
    const piece = new Uint8Array(65_536);
    const bytes = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => {
          if (read === size) return controller.close();
          read += piece.byteLength;
          controller.enqueue(piece);
        },
      });
    const blobs = { open: async () => ({ size, bytes: bytes() }) };
    await using server = await serve({ ...service.sources, blobs });
    const [response] = (await once(request(link.replace(service.url, server.url)).end(), 'response')) as [
      IncomingMessage,
    ];
    let taken = 0;
    let most = 0;
    for await (const part of response) {
      taken += (part as Buffer).byteLength;
      most = Math.max(most, read - taken);
    }
    expect(taken).toBe(size);
    expect(most).toBeLessThan(size / 8);
  });

  test('whose reader leaves in between is read no further', async () => {
    const link = await linkTo(await write({ blobKey: await keep(Buffer.from('abc')) }));
    let isLeft = false;
    const bytes = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
      cancel: () => {
        isLeft = true;
      },
    });
    const blobs = { open: async () => ({ size: 1024 ** 3, bytes }) };
    await using server = await serve({ ...service.sources, blobs });
    const response = await fetch(link.replace(service.url, server.url));
    await response.body?.cancel();
    await expect.poll(() => isLeft).toBe(true);
  });
});

/** The route alone, over other bytes. */
async function serve(sources: FileSources): Promise<{ url: string } & AsyncDisposable> {
  const server = await listen({ handler: createFilesApp(sources).fetch, host: '127.0.0.1', port: 0 });
  return { url: server.url, [Symbol.asyncDispose]: () => server.close(0) };
}
