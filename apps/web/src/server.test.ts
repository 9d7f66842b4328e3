import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { listen, loadConfig } from '@kith/service';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSettings } from './config.ts';
import { createWebApp } from './server.ts';
import { loadStaticFiles, type StaticFile } from './static-files.ts';

const env = {
  PORT: '0',
  HOST: '127.0.0.1',
  KITH_QUERY_URL: 'http://127.0.0.1:4801',
  KITH_RESOLVER_URL: 'https://resolver.example/kith',
};
const script = 'export const page = 1;\n'.repeat(100);

let directory: string;
let files: ReadonlyMap<string, StaticFile>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kith-web-'));
  await mkdir(join(directory, 'public', 'assets'), { recursive: true });
  await writeFile(join(directory, 'secret.txt'), 'not for anyone');
  await writeFile(join(directory, 'public', 'index.html'), '<!doctype html><title>Kith</title>');
  await writeFile(join(directory, 'public', 'assets', 'page-1a2b.js'), script);
  files = await loadStaticFiles(join(directory, 'public'));
});

afterAll(() => rm(directory, { recursive: true, force: true }));

function request(path: string, options: { settings?: object; init?: RequestInit; host?: string } = {}) {
  const app = createWebApp({ config: loadConfig(WebSettings, { ...env, ...options.settings }), files });
  return app.request(`http://${options.host ?? '127.0.0.1:4800'}${path}`, options.init);
}

/** `fetch` would tidy the path before it is sent. */
function statusOfRawPath(port: number, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path }, (res) => {
      res.resume();
      resolve(res.statusCode);
    }).on('error', reject);
  });
}

describe('files', () => {
  test('the page is at "/" and is asked for anew each time', async () => {
    const response = await request('/');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    expect(await response.text()).toContain('<title>Kith</title>');
  });

  test('a file whose name holds its hash is kept for ever', async () => {
    const response = await request('/assets/page-1a2b.js');
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await response.text()).toBe(script);
  });

  test('a browser that accepts brotli is sent the same text, smaller', async () => {
    const response = await request('/assets/page-1a2b.js', {
      init: { headers: { 'accept-encoding': 'gzip, deflate, br, zstd' } },
    });
    expect(response.headers.get('content-encoding')).toBe('br');
    const body = Buffer.from(await response.arrayBuffer());
    expect(body.byteLength).toBeLessThan(script.length / 2);
    expect(brotliDecompressSync(body).toString()).toBe(script);
  });

  test('an unchanged page is answered 304', async () => {
    const etag = (await request('/')).headers.get('etag') ?? '';
    const response = await request('/', { init: { headers: { 'if-none-match': etag } } });
    expect(response.status).toBe(304);
  });

  test('HEAD is answered like GET, and anything else is refused', async () => {
    expect((await request('/', { init: { method: 'HEAD' } })).status).toBe(200);
    expect((await request('/', { init: { method: 'POST' } })).status).toBe(405);
  });

  test.each([
    '/nothing',
    '/assets/',
    '/assets/page-0000.js',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/%252e%252e/secret.txt',
    '//etc/passwd',
    '/index.html%00.js',
  ])('%s is not a file of the page, so it is 404', async (path) => {
    const response = await request(path);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('no such file');
  });

  test('a path that climbs out of the folder, sent as it is, is 404', async () => {
    const app = createWebApp({ config: loadConfig(WebSettings, env), files });
    const server = await listen({ handler: app.fetch, host: '127.0.0.1', port: 0 });
    const statuses = await Promise.all(
      ['/../secret.txt', '/assets/../../secret.txt', '/./../secret.txt'].map((path) =>
        statusOfRawPath(server.port, path),
      ),
    );
    await server.close(0);
    expect(statuses).toEqual([404, 404, 404]);
  });

  test('a page that was not built stops the start with what to do', async () => {
    await expect(loadStaticFiles(join(directory, 'absent'))).rejects.toThrow('pnpm --filter @kith/web build');
  });
});

describe('headers', () => {
  test.each(['/', '/nothing', '/config.json'])('%s carries the security headers', async (path) => {
    const { headers } = await request(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    const policy = headers.get('content-security-policy')?.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        `default-src 'none'`,
        `script-src 'self'`,
        `style-src 'self'`,
        `img-src 'self' data: blob: https: http:`,
        `frame-ancestors 'none'`,
        `base-uri 'none'`,
        `require-trusted-types-for 'script'`,
      ]),
    );
  });

  test('the page may connect to this server and the origins of the two APIs, and nowhere else', async () => {
    const policy = (await request('/')).headers.get('content-security-policy');
    expect(policy).toContain(`; connect-src 'self' http://127.0.0.1:4801 https://resolver.example;`);
  });
});

describe('/config.json', () => {
  test('it tells where the APIs are, and is kept nowhere', async () => {
    const response = await request('/config.json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(await response.json()).toEqual({
      queryUrl: env.KITH_QUERY_URL,
      resolverUrl: env.KITH_RESOLVER_URL,
      webhookUrls: {},
    });
    const told = await request('/config.json', {
      settings: { KITH_WEBHOOKS_EMAIL_URL: 'https://in.example' },
    });
    expect(await told.json()).toMatchObject({ webhookUrls: { email: 'https://in.example' } });
  });

  test.each(['127.0.0.1:4800', 'localhost:4800', '[::1]:4800'])(
    'the key of a local machine is given to a page at %s',
    async (host) => {
      const response = await request('/config.json', { settings: { KITH_WEB_API_KEY: 'kith_local' }, host });
      expect(await response.json()).toHaveProperty('apiKey', 'kith_local');
    },
  );

  test('a foreign name that resolves to this machine is not given the key', async () => {
    const response = await request('/config.json', {
      settings: { KITH_WEB_API_KEY: 'kith_local' },
      host: 'rebound.example:4800',
    });
    expect(await response.json()).not.toHaveProperty('apiKey');
  });

  test('a key together with an address that others can reach is refused at the start', () => {
    const settings = { ...env, HOST: '0.0.0.0', KITH_WEB_API_KEY: 'kith_local' };
    expect(() => loadConfig(WebSettings, settings)).toThrow(/KITH_WEB_API_KEY: .*HOST=127\.0\.0\.1/);
  });
});
