/*
 * Which call a statement belongs to. A read is handed `Rows` and knows nothing of requests; what its statements have in
 * common (a name, a request, a signal, what they cost) travels beside it, as far as its promises go.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

/** A call whose statements are watched. */
export interface ObservedCall {
  /** What its statements are called, before the name of each: `records.timeline`. */
  name: string;
  /** Named beside a slow statement. */
  requestId: string;
  /** Cancels its statements outside `write`, and begins none any more. */
  signal: AbortSignal | undefined;
}

/** What the statements of a call came to; `seconds` is the time in Postgres, of all statements added up. */
export interface StatementCosts {
  statements: number;
  rows: number;
  seconds: number;
}

const calls = new AsyncLocalStorage<{ call: ObservedCall; costs: StatementCosts }>();

/** Runs a call; all statements until its promise settles are its own. */
export async function observeStatements<T>(
  call: ObservedCall,
  run: () => Promise<T>,
): Promise<{ value: T; costs: StatementCosts }> {
  const costs = { statements: 0, rows: 0, seconds: 0 };
  const value = await calls.run({ call, costs }, run);
  return { value, costs };
}

/** The call that is running, if one is. */
export const currentCall = (): ObservedCall | undefined => calls.getStore()?.call;

/** Adds a statement to the costs of the call that is running. */
export function countStatement(rows: number, seconds: number): void {
  const costs = calls.getStore()?.costs;
  if (costs === undefined) return;
  costs.statements += 1;
  costs.rows += rows;
  costs.seconds += seconds;
}
