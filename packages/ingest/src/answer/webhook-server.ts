/*
 * The HTTP side of an ingest service: one route, and outcomes as answers. It is served on node's own request and
 * response: turning them into a `Request` and its body into a web stream costs more than all the rest.
 *
 * `POST /webhooks/:provider/:accountId` takes a delivery. A GET there is a provider's handshake, if the provider has
 * one. Every other method is 404, because providers read 405 as "stop".
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { NodeHandler } from '@kith/service';
import { refusals, refuse, type WebhookOutcome } from './outcome.ts';
import { receive, type ReceiveParts, type WebhookRoute } from './receive.ts';

const route = /^\/webhooks\/([^/?#]{1,64})\/([^/?#]{1,200})\/?(?:[?#]|$)/;
const retryAfterSeconds = '5';
/** How long a client that was refused may go on sending before its connection is cut: it has to hear the answer. */
const lingerMs = 1_000;

/** Serves the routes of an ingest service; leaves all other paths to others. */
export function createWebhookServer(parts: ReceiveParts): NodeHandler {
  return (req, res) => {
    const [, providerName, accountId] = route.exec(req.url ?? '') ?? [];
    if (providerName === undefined || accountId === undefined) return false;
    void serve(parts, { providerName, accountId }, { req, res });
    return true;
  };
}

interface Exchange {
  req: IncomingMessage;
  res: ServerResponse;
}

async function serve(parts: ReceiveParts, where: WebhookRoute, { req, res }: Exchange): Promise<void> {
  const outcome = await outcomeOf(parts, where, req);
  // Only names that exist become labels: a caller must not be able to grow the metrics.
  const provider = parts.providers.has(where.providerName) ? where.providerName : 'unknown';
  parts.metrics.answered(provider, outcome.answer);
  answer({ req, res }, outcome);
}

async function outcomeOf(
  parts: ReceiveParts,
  where: WebhookRoute,
  req: IncomingMessage,
): Promise<WebhookOutcome> {
  if (req.method === 'POST') return receive(parts, where, req);
  if (req.method !== 'GET') return refuse('not_a_post');
  const at = (req.url ?? '').indexOf('?');
  const query = new URLSearchParams(at < 0 ? '' : (req.url ?? '').slice(at));
  return shakeHands(parts, where, query);
}

async function shakeHands(
  parts: ReceiveParts,
  { providerName, accountId }: WebhookRoute,
  query: URLSearchParams,
): Promise<WebhookOutcome> {
  if (query.size === 0 || !parts.providers.has(providerName)) return refuse('not_a_post');
  if (!(await parts.accounts.refresh())) return refuse('unavailable');
  for (const account of parts.accounts.find(providerName, accountId)) {
    const text = account.handshake(query);
    if (text !== null) return { answer: 'handshake', text };
  }
  return refuse('not_a_post');
}

function answer({ req, res }: Exchange, outcome: WebhookOutcome): void {
  if (!req.complete) letGo(req);
  if (outcome.answer === 'handshake') {
    send(res, 200, outcome.text, { 'content-type': 'text/plain; charset=utf-8', ...nosniff });
    return;
  }
  if (outcome.answer === 'accepted') {
    // The id is ours: nothing in it needs escaping.
    send(res, 200, `{"deliveryId":"${outcome.deliveryId}"}`, json);
    return;
  }
  const { status, message } = refusals[outcome.answer];
  const text = JSON.stringify({ error: outcome.answer, message });
  send(res, status, text, status === 503 ? { ...json, 'retry-after': retryAfterSeconds } : json);
}

const nosniff = { 'x-content-type-options': 'nosniff' };
const json = { 'content-type': 'application/json' };

function send(res: ServerResponse, status: number, text: string, headers: Record<string, string>): void {
  res.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
  res.end(text);
}

/**
 * A body that is not wanted any more: what still comes is thrown away, for as long as the answer takes to be heard. The
 * connection is not announced as closed: node would cut it with the answer's last byte, and a client that is writing
 * then learns of the cut instead of the answer.
 */
function letGo(req: IncomingMessage): void {
  req.on('error', () => {});
  req.resume();
  const cut = setTimeout(() => {
    if (!req.complete) req.socket.destroy();
  }, lingerMs);
  cut.unref();
}
