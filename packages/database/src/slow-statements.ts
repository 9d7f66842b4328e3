/*
 * Tells of statements that took long, with the plan that Postgres has for them.
 *
 * A plan is asked for afterwards, without running the statement and without its values, so that it holds no word of
 * what was asked for; one at a time and once a minute for each name, so that a slow database is not kept busy with
 * explaining itself.
 */
import { currentCall } from './observed-call.ts';

/** A statement that took long; never its values. */
export interface SlowStatement {
  /** The call and the file that asked: `records.timeline message-rows`. */
  statement: string;
  milliseconds: number;
  rows: number;
  /** `ok`, or the code of its failure. */
  outcome: string;
  requestId: string | undefined;
  /** As `EXPLAIN (FORMAT JSON)` writes it; null where it was told within the last minute, or there is none. */
  plan: unknown;
}

/** How long is slow (milliseconds; 0 for never), and who hears of it. */
export interface SlowStatementOptions {
  afterMs: number;
  report(slow: SlowStatement): void;
}

/** A statement that has ended, however it did. */
export interface EndedStatement extends Omit<SlowStatement, 'plan' | 'requestId'> {
  text: string;
}

const explainEveryMs = 60_000;

/** Hears of every statement that ended, and waits for nothing. */
export function createSlowStatementWatch(
  options: SlowStatementOptions | undefined,
  explain: (text: string) => Promise<unknown>,
): (ended: EndedStatement) => void {
  const explainedAt = new Map<string, number>();
  let isExplaining = false;
  const planOf = async ({ statement, text }: EndedStatement): Promise<unknown> => {
    const now = performance.now();
    if (isExplaining || now - (explainedAt.get(statement) ?? -Infinity) < explainEveryMs) return null;
    isExplaining = true;
    explainedAt.set(statement, now);
    try {
      return await explain(text);
    } catch {
      return null;
    } finally {
      isExplaining = false;
    }
  };
  if (options === undefined || options.afterMs === 0) return () => {};
  return (ended) => {
    if (ended.milliseconds < options.afterMs) return;
    const { text: _, ...slow } = ended;
    const requestId = currentCall()?.requestId;
    void planOf(ended).then((plan) => options.report({ ...slow, requestId, plan }));
  };
}
