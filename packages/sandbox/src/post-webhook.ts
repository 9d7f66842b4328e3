/*
 * Posts one webhook the way a good provider does: again after 503, 429 and connection errors, as long as Retry-After
 * and the caller's patience say, and never again after an answer that another try would not change.
 *
 * Guarantee: `accepted` means that the ingest service answered 200. It rejects only when `signal` aborts.
 */
import { setTimeout as delay } from 'node:timers/promises';

/** Where to post and with which credentials. */
export interface WebhookTarget {
  url: string;
  headers: Record<string, string>;
}

/** How posting ended. */
export type PostResult =
  | { ended: 'accepted'; deliveryId: string }
  | { ended: 'refused'; status: number; code: string; message: string } // an answer that stays what it is
  | { ended: 'unreachable'; message: string }; // patience ran out: connection errors or 503 until then

export interface PostOptions {
  /** How long to try again after 503 and connection errors, in milliseconds. */
  patienceMs: number;
  /**
   * Until when (in `performance.now()` milliseconds) 401 and 404 are tried again: an account that was connected a
   * moment ago may not have reached the ingest service yet.
   */
  settledAtMs?: number;
  signal?: AbortSignal;
}

const firstWaitMs = 250;
const longestWaitMs = 10_000;
const answerDeadlineMs = 60_000;

/** Posts `body`; tries again until it is accepted, refused, or `patienceMs` have passed. */
export async function postWebhook(
  target: WebhookTarget,
  body: Buffer | string,
  options: PostOptions,
): Promise<PostResult> {
  const giveUpAtMs = performance.now() + options.patienceMs;
  for (let attempt = 0; ; attempt += 1) {
    options.signal?.throwIfAborted();
    const { result, retryAfterMs } = await postOnce(target, body, options.signal);
    if (!isWorthRepeating(result, options)) return result;
    const backoffMs = Math.min(firstWaitMs * 2 ** attempt, longestWaitMs);
    const waitMs = Math.max(backoffMs, Math.min(retryAfterMs, longestWaitMs));
    const untilMs = result.ended === 'refused' ? (options.settledAtMs ?? 0) : giveUpAtMs;
    if (performance.now() + waitMs > untilMs) return result;
    await delay(waitMs, undefined, options.signal === undefined ? {} : { signal: options.signal });
  }
}

interface Attempt {
  result: PostResult;
  retryAfterMs: number;
}

async function postOnce(
  target: WebhookTarget,
  body: Buffer | string,
  signal: AbortSignal | undefined,
): Promise<Attempt> {
  using deadline = openDeadline(signal);
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      headers: target.headers,
      body: typeof body === 'string' ? body : new Uint8Array(body),
      redirect: 'manual',
      signal: deadline.signal,
    });
    return { result: readAnswer(response.status, await response.text()), retryAfterMs: retryAfter(response) };
  } catch (err) {
    signal?.throwIfAborted();
    return { result: { ended: 'unreachable', message: describeCause(err) }, retryAfterMs: 0 };
  }
}

/** Not AbortSignal.any: on Node 20 it leaks with a signal that lives as long as the process (nodejs/node#54614). */
function openDeadline(signal: AbortSignal | undefined): Disposable & { signal: AbortSignal } {
  const controller = new AbortController();
  const abort = (): void => controller.abort(signal?.reason);
  const timer = setTimeout(
    () => controller.abort(new Error(`no answer within ${answerDeadlineMs / 1000} s`)),
    answerDeadlineMs,
  );
  signal?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    [Symbol.dispose]: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}

function readAnswer(status: number, text: string): PostResult {
  const answer = readTexts(text);
  const deliveryId = answer.get('deliveryId');
  if (status === 200 && deliveryId !== undefined) return { ended: 'accepted', deliveryId };
  const message = answer.get('message') ?? `HTTP ${status}`;
  if ([429, 502, 503, 504].includes(status)) return { ended: 'unreachable', message };
  return { ended: 'refused', status, code: answer.get('error') ?? 'unexpected_answer', message };
}

/** The fields of a JSON object that are texts; none when it is no JSON object, as a proxy's page is not. */
function readTexts(json: string): Map<string, string> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value !== 'object' || value === null) return new Map();
    const fields = Object.entries(value) as [string, unknown][];
    return new Map(fields.flatMap(([key, field]) => (typeof field === 'string' ? [[key, field]] : [])));
  } catch {
    return new Map();
  }
}

const isWorthRepeating = (result: PostResult, { settledAtMs }: PostOptions): boolean =>
  result.ended === 'unreachable' ||
  (result.ended === 'refused' && settledAtMs !== undefined && [401, 404].includes(result.status));

/** Retry-After in milliseconds: seconds or a date (RFC 9110, section 10.2.3); 0 when there is none. */
function retryAfter(response: Response): number {
  const value = response.headers.get('retry-after');
  if (value === null) return 0;
  const seconds = Number(value);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(waitMs) ? Math.max(0, waitMs) : 0;
}

/** fetch says only "fetch failed"; the reason stands in its cause. */
function describeCause(err: unknown): string {
  const cause = err instanceof Error && err.cause instanceof Error ? err.cause : err;
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause ? String(cause.code) : '';
  return cause.message === '' ? code || cause.name : cause.message;
}
