import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** Where Kith is, and with which key: what the CRM tells its pages. */
export interface ToldOfKith {
  queryUrl: string;
  resolverUrl: string;
  apiKey: string;
}

/** The CRM's own server for the built `crm-page`, on a free port of this machine: another origin than any of Kith's. */
export async function serveCrmPage(told: ToldOfKith): Promise<{ url: string } & AsyncDisposable> {
  const folder = new URL('../dist/crm-page/', import.meta.url);
  const server = createServer((req, res) => {
    const path = req.url === '/' ? '/index.html' : new URL(req.url ?? '', 'http://localhost').pathname;
    if (path === '/kith.json') {
      res.setHeader('content-type', 'application/json').end(JSON.stringify(told));
      return;
    }
    readFile(fileURLToPath(new URL(`.${path}`, folder))).then(
      (file) => res.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream').end(file),
      () => res.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
