/*
 * Subscriptions over Server-Sent Events that outlive their connection.
 *
 * The key travels in a header, which the browsers' own EventSource cannot send, so the `eventsource` package is used
 * everywhere. It connects again by itself after a lost connection; here an answer of a service that is starting or
 * overloaded counts as one, where the standard would give up for ever. And because a connection may be lost before
 * its first event, the first one asks from which event on it has to see all, and every later one begins there.
 */
import {
  createTRPCClient,
  httpLink,
  httpSubscriptionLink,
  type Operation,
  type TRPCClient,
  type TRPCLink,
} from '@trpc/client';
import { EventSource, type FetchLike } from 'eventsource';
import type { QueryRouter } from '@kith/query';
import { type Endpoint, linkOptions } from './endpoint.ts';
import { kithError } from './error.ts';

type LivePath = 'records.onActivity' | 'workspace.onEvent';
type ReadPosition = (
  client: TRPCClient<QueryRouter>,
  input: unknown,
  signal: AbortSignal,
) => Promise<{ lastEventId: string }>;

/** Where each subscription begins that must not miss a thing. */
const positions: Record<LivePath, ReadPosition> = {
  'records.onActivity': (client, input, signal) => {
    const { recordId } = input as { recordId: string };
    return client.records.activityPosition.query({ recordId }, { signal });
  },
  'workspace.onEvent': (client, _, signal) => client.workspace.eventPosition.query({}, { signal }),
};

/** The terminating link of subscriptions. */
export function liveLink(endpoint: Endpoint): TRPCLink<QueryRouter> {
  const startOf = createStarts(endpoint);
  return httpSubscriptionLink<QueryRouter, typeof EventSource>({
    url: endpoint.url,
    EventSource,
    eventSourceOptions: ({ op }) => ({ fetch: resumingFetch(endpoint, (signal) => startOf(op, signal)) }),
  });
}

type FindStart = (signal: AbortSignal) => Promise<string | undefined>;

function resumingFetch(endpoint: Endpoint, findStart: FindStart): FetchLike {
  return async (url, init) => {
    const headers: Record<string, string> = { ...init.headers, ...endpoint.headers };
    if (!isResuming(url, headers)) {
      const start = await findStart(init.signal as AbortSignal);
      if (start !== undefined) headers['Last-Event-ID'] = start;
    }
    const response = await endpoint.fetch(url, { ...init, headers });
    if (response.status >= 500 || response.status === 429) {
      await response.body?.cancel();
      throw new TypeError(`answered ${response.status}; trying again`);
    }
    return response;
  };
}

function isResuming(url: string | URL, headers: Record<string, string>): boolean {
  if (headers['Last-Event-ID'] !== undefined) return true;
  const input: unknown = JSON.parse(new URL(url).searchParams.get('input') ?? 'null');
  return typeof input === 'object' && input !== null && 'lastEventId' in input;
}

/** Asks for the place where a subscription begins, once; it stays the same however often it connects. */
function createStarts(endpoint: Endpoint) {
  const starts = new WeakMap<Operation, string>();
  const client = createTRPCClient<QueryRouter>({
    links: [httpLink({ ...linkOptions(endpoint), methodOverride: 'POST' })],
  });
  return async (op: Operation, signal: AbortSignal): Promise<string | undefined> => {
    const known = starts.get(op);
    if (known !== undefined) return known;
    try {
      const { lastEventId } = await positions[op.path as LivePath](client, op.input, signal);
      starts.set(op, lastEventId);
      return lastEventId;
    } catch (err) {
      const answer = kithError(err);
      // What is wrong with the call itself, the subscription tells; all else is worth another try.
      if (answer === null || answer.code === 'unavailable' || answer.code === 'internal') throw err;
      return undefined;
    }
  };
}
