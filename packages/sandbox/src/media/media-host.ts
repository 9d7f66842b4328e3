/*
 * The hosts of providers in miniature, on 127.0.0.1: what webhooks leave out is fetched from here, as from the
 * providers, with the account's credentials.
 *
 * Files and messages are found by the id by which the provider's webhook names them. The host can be told to fail as
 * providers do, so many times and then no more, and it remembers what it was asked.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type HostAnswer,
  type HostCredentials,
  type Hosted,
  type HostPart,
  jsonAnswer,
} from './host-part.ts';
import { metaHost } from './meta-host.ts';
import { nylasHost } from './nylas-host.ts';
import { twilioHost } from './twilio-host.ts';
import { unipileHost } from './unipile-host.ts';

/** How a provider fails. */
export interface HostFailure {
  status: 404 | 429 | 500 | 503;
  retryAfterSeconds?: number;
}

/** A request that was answered: its path and query, and the status. */
export interface AnsweredRequest {
  path: string;
  status: number;
}

/** A host that runs. */
export interface MediaHost extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`: what accounts are given as `baseUrl`. */
  url: string;
  /** Makes a file available under a provider's id of it. */
  addFile(id: string, file: { type: string; content: Buffer }): void;
  /** Makes a message available, as the provider's API answers it. */
  addMessage(id: string, message: object): void;
  /** Fails the next requests for an id. */
  fail(id: string, failure: HostFailure, times?: number): void;
  /** What was asked so far, oldest first. */
  requests: readonly AnsweredRequest[];
  /** Resolves when the bytes of each file were fetched; rejects when `signal` aborts. */
  fetched(ids: readonly string[], signal: AbortSignal): Promise<void>;
}

const parts: readonly HostPart[] = [metaHost, twilioHost, nylasHost, unipileHost];

/** What lies on a host and what happened on it. */
interface Shelf {
  hosted: Map<string, Hosted>;
  failures: Map<string, HostFailure[]>;
  requests: AnsweredRequest[];
  fetched: Set<string>;
  /** Called whenever a file was fetched. */
  waiting: Set<() => void>;
}

/** Listens on 127.0.0.1; rejects when the port is taken. Port 0 is any free one. */
export async function openMediaHost({
  port = 0,
  ...credentials
}: { port?: number } & HostCredentials = {}): Promise<MediaHost> {
  const shelf: Shelf = {
    hosted: new Map(),
    failures: new Map(),
    requests: [],
    fetched: new Set(),
    waiting: new Set(),
  };
  const server = createServer((req, res) => {
    req.resume();
    respond(req, res, { shelf, credentials });
  });
  await listen(server, port);
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${bound}`,
    addFile: (id, { type, content }) => shelf.hosted.set(id, { kind: 'file', type, content }),
    addMessage: (id, message) => shelf.hosted.set(id, { kind: 'message', message }),
    fail: (id, failure, times = 1) => {
      const failures = Array.from({ length: times }, () => failure);
      shelf.failures.set(id, [...(shelf.failures.get(id) ?? []), ...failures]);
    },
    requests: shelf.requests,
    fetched: (ids, signal) => untilFetched(shelf, ids, signal),
    [Symbol.asyncDispose]: () => close(server),
  };
}

function respond(
  req: IncomingMessage,
  res: ServerResponse,
  { shelf, credentials }: { shelf: Shelf; credentials: HostCredentials },
): void {
  const path = req.url ?? '/';
  const url = new URL(path, `http://${req.headers.host ?? '127.0.0.1'}`);
  const request = { url, headers: req.headers, credentials };
  const route = parts.map((part) => part(request)).find((found) => found !== null);
  const answer = route === undefined ? jsonAnswer(404, { error: 'no such path' }) : answerTo(route, shelf);
  shelf.requests.push({ path, status: answer.status });
  res.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
  res.end(answer.body, () => {
    if (route === undefined || answer.isFile !== true) return;
    shelf.fetched.add(route.id);
    for (const look of shelf.waiting) look();
  });
}

function answerTo(route: NonNullable<ReturnType<HostPart>>, { hosted, failures }: Shelf): HostAnswer {
  const failure = failures.get(route.id)?.shift();
  if (failure !== undefined) return failed(failure);
  if (!route.isAuthorized) return route.refuse();
  const found = hosted.get(route.id);
  return found === undefined ? route.missing() : route.answer(found);
}

function failed({ status, retryAfterSeconds }: HostFailure): HostAnswer {
  const answer = jsonAnswer(status, { error: `told to answer ${status}` });
  if (retryAfterSeconds === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfterSeconds) } };
}

function untilFetched(shelf: Shelf, ids: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      shelf.waiting.delete(look);
      signal.removeEventListener('abort', abort);
    };
    const abort = (): void => {
      leave();
      reject(signal.reason);
    };
    const look = (): void => {
      if (!ids.every((id) => shelf.fetched.has(id))) return;
      leave();
      resolve();
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    shelf.waiting.add(look);
    look();
  });
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
