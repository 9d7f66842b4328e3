/*
 * The HTTP server of the miniature hosts, on 127.0.0.1: it answers what it is told to, however odd, and remembers what
 * it was asked.
 */
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { HostAnswer } from './host-part.ts';

/** A request that was answered: its path and query, and the status. */
export interface AnsweredRequest {
  path: string;
  status: number;
}

/** An answer, and how it is sent. */
export interface Served {
  answer: HostAnswer;
  afterMs?: number;
  /** The connection ends in the middle of the body. */
  isCut?: boolean;
  /** Called when all of it was sent. */
  sent?: () => void;
}

/** A server that listens. */
export interface HostServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. */
  url: string;
  /** What was asked so far, oldest first. */
  requests: readonly AnsweredRequest[];
}

/** Listens; rejects when the port is taken. Port 0 is any free one. */
export async function openHostServer(
  port: number,
  serve: (request: { url: URL; headers: IncomingHttpHeaders }) => Served,
): Promise<HostServer> {
  const requests: AnsweredRequest[] = [];
  const closing = new AbortController();
  const server = createServer((req, res) => {
    req.resume();
    const path = req.url ?? '/';
    const url = new URL(path, `http://${req.headers.host ?? '127.0.0.1'}`);
    const served = serve({ url, headers: req.headers });
    requests.push({ path, status: served.answer.status });
    void send(res, served, closing.signal);
  });
  await listen(server, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    requests,
    [Symbol.asyncDispose]: () => {
      closing.abort();
      return close(server);
    },
  };
}

async function send(
  res: ServerResponse,
  { answer, afterMs = 0, isCut = false, sent }: Served,
  signal: AbortSignal,
): Promise<void> {
  if (afterMs > 0) await delay(afterMs, undefined, { signal }).catch(() => undefined);
  if (signal.aborted) return;
  const { status, headers, body } = answer;
  res.writeHead(status, { ...headers, 'content-length': body.length });
  if (isCut) res.write(body.subarray(0, Math.floor(body.length / 2)), () => res.destroy());
  else res.end(body, sent);
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeAllConnections();
  await closed;
}
