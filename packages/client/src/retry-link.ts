/*
 * Tries a call again that failed for a moment: no answer, or 429, 502, 503 or 504.
 *
 * It waits a random time below a bound that doubles, so that clients that failed together do not come back together; or
 * as long as the answer asks for (`Retry-After`). It ends after a number of tries, before a total time is over, and at
 * once when the call is aborted. Which calls may be repeated is for `isSafe` to say.
 */
import { type Operation, TRPCClientError, type TRPCLink } from '@trpc/client';
import { observable } from '@trpc/server/observable';
import type { AnyRouter } from '@trpc/server';

/** How often a call is made at most, and how long after its beginning the last try may begin, in milliseconds. */
export interface RetryLimits {
  tries: number;
  totalMs: number;
}

/** Unless the client is told otherwise. */
export const retryLimits: RetryLimits = { tries: 4, totalMs: 15_000 };

/** Why a call failed. */
export interface Failure {
  /** Undefined where nobody answered. */
  status: number | undefined;
  /** Whether a service of Kith refused the call before it looked at it. */
  isNotBegun: boolean;
  retryAfterMs: number;
}

const firstWaitMs = 200;
const waitMaxMs = 3_000;
const statuses: ReadonlySet<number | undefined> = new Set([undefined, 429, 502, 503, 504]);

/** A link that repeats what fails for a moment and is safe to repeat. */
export function retryLink(
  limits: RetryLimits,
  isSafe: (op: Operation, failure: Failure) => boolean,
): TRPCLink<AnyRouter> {
  return () =>
    ({ op, next }) =>
      observable((observer) => {
        const began = Date.now();
        const gone = new AbortController();
        let running: { unsubscribe(): void } | undefined;
        const run = (attempt: number) => {
          running = next(op).subscribe({
            next: (value) => observer.next(value),
            complete: () => observer.complete(),
            error: (err) => {
              const failure = failureOf(err);
              const waitMs = waitBefore(attempt + 1, failure);
              const isInTime = attempt < limits.tries && Date.now() - began + waitMs <= limits.totalMs;
              if (!isInTime || op.signal?.aborted === true || !isRepeatable(op, failure, isSafe)) {
                observer.error(err);
              } else {
                afterWait(waitMs, [gone.signal, op.signal], {
                  act: () => run(attempt + 1),
                  giveUp: () => observer.error(err),
                });
              }
            },
          });
        };
        run(1);
        return () => {
          gone.abort();
          running?.unsubscribe();
        };
      });
}

/** Acts after so long, or gives up as soon as one of the signals aborts. */
function afterWait(
  waitMs: number,
  signals: readonly (AbortSignal | null | undefined)[],
  then: { act: () => void; giveUp: () => void },
): void {
  const end = (next: () => void) => {
    clearTimeout(timer);
    for (const signal of signals) signal?.removeEventListener('abort', abort);
    next();
  };
  const abort = () => end(then.giveUp);
  const timer = setTimeout(() => end(then.act), waitMs);
  for (const signal of signals) signal?.addEventListener('abort', abort);
}

const isRepeatable = (
  op: Operation,
  failure: Failure,
  isSafe: (op: Operation, failure: Failure) => boolean,
): boolean => statuses.has(failure.status) && isSafe(op, failure);

function waitBefore(attempt: number, { retryAfterMs }: Failure): number {
  const bound = Math.min(waitMaxMs, firstWaitMs * 2 ** (attempt - 2));
  return retryAfterMs + Math.random() * bound;
}

function failureOf(err: unknown): Failure {
  const { data, meta } = err instanceof TRPCClientError ? err : { data: undefined, meta: undefined };
  const told = data as { httpStatus?: number } | null | undefined;
  const response = meta?.['response'] as Response | undefined;
  const retryAfter = Number(response?.headers.get('retry-after') ?? 0);
  const status = told?.httpStatus ?? response?.status;
  return {
    status,
    // Without an error of a procedure it is the answer of a service that has not started yet, if it is one of Kith's.
    isNotBegun: status === 429 || (status === 503 && isOfStart(meta?.['responseJSON'])),
    retryAfterMs: Number.isFinite(retryAfter) ? retryAfter * 1000 : 0,
  };
}

const isOfStart = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'error' in body && body.error === 'unavailable';
