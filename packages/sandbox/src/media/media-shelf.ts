/*
 * The files and messages that lie at the providers, found by the id by which their webhooks name them.
 */
import {
  type HostAnswer,
  type Hosted,
  type HostPart,
  type HostRequest,
  type HostRoute,
  jsonAnswer,
} from './host-part.ts';
import type { Served } from './host-server.ts';
import { metaHost } from './meta-host.ts';
import { nylasHost } from './nylas-host.ts';
import { twilioHost } from './twilio-host.ts';
import { unipileHost } from './unipile-host.ts';

/** How a provider fails. */
export interface HostFailure {
  status: 404 | 429 | 500 | 503;
  retryAfterSeconds?: number;
}

/** What can be put on a shelf, and told of it. */
export interface MediaShelf {
  /** Makes a file available under a provider's id of it. */
  addFile(id: string, file: { type: string; content: Buffer }): void;
  /** Makes a message available, as the provider's API answers it. */
  addMessage(id: string, message: object): void;
  /** Fails the next requests for an id. */
  fail(id: string, failure: HostFailure, times?: number): void;
  /** Resolves when the bytes of each file were fetched; rejects when `signal` aborts. */
  fetched(ids: readonly string[], signal: AbortSignal): Promise<void>;
}

const parts: readonly HostPart[] = [metaHost, twilioHost, nylasHost, unipileHost];

interface Contents {
  hosted: Map<string, Hosted>;
  failures: Map<string, HostFailure[]>;
  fetched: Set<string>;
  /** Called whenever a file was fetched. */
  waiting: Set<() => void>;
}

/** An empty shelf, and what it answers. */
export function createMediaShelf(): { shelf: MediaShelf; serve: (request: HostRequest) => Served } {
  const contents: Contents = {
    hosted: new Map(),
    failures: new Map(),
    fetched: new Set(),
    waiting: new Set(),
  };
  const shelf: MediaShelf = {
    addFile: (id, { type, content }) => contents.hosted.set(id, { kind: 'file', type, content }),
    addMessage: (id, message) => contents.hosted.set(id, { kind: 'message', message }),
    fail: (id, failure, times = 1) => {
      const failures = Array.from({ length: times }, () => failure);
      contents.failures.set(id, [...(contents.failures.get(id) ?? []), ...failures]);
    },
    fetched: (ids, signal) => untilFetched(contents, ids, signal),
  };
  return { shelf, serve: (request) => serveFrom(contents, request) };
}

function serveFrom(contents: Contents, request: HostRequest): Served {
  const route = parts.map((part) => part(request)).find((found) => found !== null);
  if (route === undefined) return { answer: jsonAnswer(404, { error: 'no such path' }) };
  const answer = answerTo(route, contents);
  if (answer.isFile !== true) return { answer };
  return {
    answer,
    sent: () => {
      contents.fetched.add(route.id);
      for (const look of contents.waiting) look();
    },
  };
}

function answerTo(route: HostRoute, { hosted, failures }: Contents): HostAnswer {
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

function untilFetched(contents: Contents, ids: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      contents.waiting.delete(look);
      signal.removeEventListener('abort', abort);
    };
    const abort = (): void => {
      leave();
      reject(signal.reason);
    };
    const look = (): void => {
      if (!ids.every((id) => contents.fetched.has(id))) return;
      leave();
      resolve();
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    contents.waiting.add(look);
    look();
  });
}
