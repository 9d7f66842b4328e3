import type { AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';

/** Answers a request; what a Hono app's `fetch` is. */
export type FetchHandler = (req: Request, env?: unknown) => Response | Promise<Response>;

/**
 * Takes a request as node has it, before it becomes a `Request`; answers whether it did. For routes on which every
 * microsecond and every byte counts.
 */
export type NodeHandler = (req: IncomingMessage, res: ServerResponse) => boolean;

/** A listening HTTP server. `close` lets requests in progress end, up to `drainMs` (milliseconds). */
export interface HttpServer {
  url: string;
  port: number;
  close(drainMs?: number): Promise<void>;
}

/** Listens on `host:port`; rejects with one clear line when the port is taken. */
export async function listen(options: {
  handler: FetchHandler;
  /** Asked first. */
  nodeHandler?: NodeHandler;
  host: string;
  port: number;
}): Promise<HttpServer> {
  const listener = getRequestListener(options.handler);
  const server = createServer((req, res) => {
    if (options.nodeHandler?.(req, res) !== true) void listener(req, res);
  });
  server.headersTimeout = 20_000;
  server.requestTimeout = 120_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (err: NodeJS.ErrnoException) => reject(describe(err, options.port)));
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://${options.host === '0.0.0.0' ? '127.0.0.1' : options.host}:${port}`,
    close: (drainMs = 5_000) => close(server, drainMs),
  };
}

function describe(err: NodeJS.ErrnoException, port: number): Error {
  return err.code === 'EADDRINUSE' ? new Error(`port ${port} is taken; set PORT to another`) : err;
}

async function close(server: Server, drainMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A connection that is kept alive becomes idle when its answer ends, and would hold the server until `drainMs`.
  const sweep = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), drainMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
