/*
 * The web server: the files of the page, and `/config.json`, which tells the page where the APIs are.
 *
 * It holds no data and calls nobody; everything the page shows it fetches itself, with the key of whoever looks at
 * it. Routes of the page stand behind "#", so a path that is not a file is 404, and nothing falls back to the page.
 */
import { Hono } from 'hono';
import { loopbackHosts, type WebSettings } from './config.ts';
import { securityHeaders } from './security-headers.ts';
import type { StaticFile } from './static-files.ts';

/** The routes of the web server. */
export function createWebApp(options: { config: WebSettings; files: ReadonlyMap<string, StaticFile> }): Hono {
  const app = new Hono();
  const headers = Object.entries(securityHeaders(options.config));
  app.use('*', async (c, next) => {
    await next();
    for (const [name, value] of headers) c.res.headers.set(name, value);
  });
  app.get('/config.json', (c) =>
    c.json(pageConfig(options.config, c.req.url), 200, { 'cache-control': 'no-store' }),
  );
  app.get('*', (c) => {
    const file = options.files.get(c.req.path === '/' ? '/index.html' : c.req.path);
    return file === undefined ? c.notFound() : serve(file, c.req.raw.headers);
  });
  app.all('*', (c) => c.text('only GET and HEAD are answered here', 405, { allow: 'GET, HEAD' }));
  app.notFound((c) => c.text('no such file', 404, { 'cache-control': 'no-store' }));
  return app;
}

/**
 * The key is left out for a host name that only resolves to this machine: a page of somebody else's can make its own
 * name do so and would then read our answer (DNS rebinding).
 */
function pageConfig(config: WebSettings, requestUrl: string) {
  const isLocal = loopbackHosts.includes(new URL(requestUrl).hostname);
  const apiKey = isLocal ? config.KITH_WEB_API_KEY : undefined;
  return {
    queryUrl: config.KITH_QUERY_URL,
    resolverUrl: config.KITH_RESOLVER_URL,
    // What is not known is left out of the JSON.
    webhookUrls: {
      email: config.KITH_WEBHOOKS_EMAIL_URL,
      whatsapp: config.KITH_WEBHOOKS_WHATSAPP_URL,
      linkedin: config.KITH_WEBHOOKS_LINKEDIN_URL,
    },
    ...(apiKey === undefined ? {} : { apiKey }),
  };
}

function serve(file: StaticFile, requested: Headers): Response {
  const headers = new Headers({
    'content-type': file.type,
    'cache-control': file.immutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag: file.etag,
    vary: 'accept-encoding',
  });
  if (requested.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
  const encoding = chooseEncoding(file, requested.get('accept-encoding') ?? '');
  if (encoding !== undefined) headers.set('content-encoding', encoding);
  return new Response(encoding === undefined ? file.body : (file.encoded[encoding] ?? null), { headers });
}

function chooseEncoding(file: StaticFile, accepted: string): 'br' | 'gzip' | undefined {
  const names = accepted.split(',').map((name) => name.trim());
  return (['br', 'gzip'] as const).find((name) => names.includes(name) && file.encoded[name] !== undefined);
}
