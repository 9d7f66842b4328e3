/*
 * Asks providers for what their webhooks leave out, with patience.
 *
 * A provider that is away or asks for patience must not hold up what else is waiting: only so many are asked at once,
 * and a webhook that is not complete yet goes back to the stream. After the last try it is read as it is: what is in
 * it is stored, or is a dead letter that says what is missing.
 */
import type { Logger } from '@kith/service';
import type { MountedAccount } from '../account-table.ts';
import { type ReceivedBody, TryAgainLater } from '../provider.ts';

/** A webhook to complete; `attempt` counts from 1. */
export interface Incomplete {
  received: ReceivedBody;
  account: MountedAccount;
  attempt: number;
}

/** The body as it is to be read, or when to come again. */
export type Completed = { ended: 'complete'; received: ReceivedBody } | { ended: 'later'; afterMs: number };

const askedAtOnceMax = 16;
const askedSoonMs = 1_000;
const attemptsMax = 12;
const firstWaitMs = 2_000;
const longestWaitMs = 30 * 60_000;

/** Completes bodies; never rejects. */
export function createCompleter(log: Logger): (given: Incomplete) => Promise<Completed> {
  let asked = 0;
  return async ({ received, account, attempt }) => {
    if (asked >= askedAtOnceMax) return { ended: 'later', afterMs: askedSoonMs };
    asked += 1;
    try {
      const completed = await account.complete(received, attempt);
      return { ended: 'complete', received: { ...received, ...completed } };
    } catch (err) {
      const error = err instanceof Error ? err.name : typeof err;
      const { accountId } = received;
      log.warn({ accountId, attempt, error }, 'a webhook could not be completed by its provider');
      if (attempt >= attemptsMax) return { ended: 'complete', received };
      return { ended: 'later', afterMs: waitMs(attempt, wishedMs(err)) };
    } finally {
      asked -= 1;
    }
  };
}

/** How long the provider asks to be left alone, where it says so. */
export const wishedMs = (err: unknown): number | null => (err instanceof TryAgainLater ? err.afterMs : null);

/** Twice as long each time, and as long as the provider asks for: all together some five hours. */
export function waitMs(attempt: number, wished: number | null): number {
  return Math.min(Math.max(wished ?? 0, firstWaitMs * 2 ** (attempt - 1)), longestWaitMs);
}
