/*
 * The HTTP side of an ingest service: one route, and outcomes as answers.
 *
 * `POST /webhooks/:provider/:accountId` takes a delivery. A GET there is a provider's handshake, if the provider has
 * one. Every other method is 404, because providers read 405 as "stop".
 */
import { Hono } from 'hono';
import { refusals, refuse, type WebhookOutcome } from './outcome.ts';
import { receive, type ReceiveParts } from './receive.ts';

const path = '/webhooks/:provider/:accountId';
const retryAfterSeconds = '5';

/** The routes of an ingest service. */
export function createWebhookServer(parts: ReceiveParts): Hono {
  const app = new Hono();
  app.post(path, async (c) => {
    const route = { providerName: c.req.param('provider'), accountId: c.req.param('accountId') };
    const outcome = await receive(parts, route, c.req.raw);
    return answer(parts, route.providerName, outcome);
  });
  app.get(path, async (c) => {
    const { provider, accountId } = c.req.param();
    const outcome = await shakeHands(parts, { provider, accountId }, new URL(c.req.url).searchParams);
    return answer(parts, provider, outcome);
  });
  app.all(path, (c) => answer(parts, c.req.param('provider'), refuse('not_a_post')));
  app.notFound((c) => c.json({ error: 'not_a_post', message: refusals.not_a_post.message }, 404));
  return app;
}

async function shakeHands(
  parts: ReceiveParts,
  route: { provider: string; accountId: string },
  query: URLSearchParams,
): Promise<WebhookOutcome> {
  if (query.size === 0 || !parts.providers.has(route.provider)) return refuse('not_a_post');
  if (!(await parts.accounts.refresh())) return refuse('unavailable');
  for (const account of parts.accounts.find(route.provider, route.accountId)) {
    const text = account.handshake(query);
    if (text !== null) return { answer: 'handshake', text };
  }
  return refuse('not_a_post');
}

function answer(parts: ReceiveParts, providerName: string, outcome: WebhookOutcome): Response {
  // Only names that exist become labels: a caller must not be able to grow the metrics.
  const provider = parts.providers.has(providerName) ? providerName : 'unknown';
  parts.metrics.answered(provider, outcome.answer);
  if (outcome.answer === 'handshake') return new Response(outcome.text, { status: 200 });
  if (outcome.answer === 'accepted') {
    return Response.json({ deliveryId: outcome.deliveryId, items: outcome.items });
  }
  const { status, message } = refusals[outcome.answer];
  const headers = status === 503 ? { 'retry-after': retryAfterSeconds } : {};
  return Response.json({ error: outcome.answer, message }, { status, headers });
}
