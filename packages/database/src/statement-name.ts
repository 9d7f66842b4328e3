/*
 * The name of a statement: the call it belongs to and the file that asks, as in `records.timeline message-rows`. It
 * follows from where a statement stands, so none is without one, and leads the text as a comment, where
 * `pg_stat_activity`, `pg_stat_statements` and Postgres' own log show it.
 */
import { basename } from 'node:path';
import { currentCall } from './observed-call.ts';

/** The name of a statement that is asked for by whoever called `asked`. Takes some microseconds. */
export function nameStatement(asked: (...args: never[]) => unknown): string {
  const file = basename(callerOf(asked)).replace(/\.[jt]s$/, '');
  return [currentCall()?.name, file].filter((part) => part !== undefined && part !== '').join(' ');
}

/** A text with its name before it; what could end the comment is left out. */
export function withName(name: string, text: string): string {
  return `/* ${name.replaceAll(/[^\w .-]/g, '')} */ ${text}`;
}

/** The file that called a function. Read from the frames: as text they would go through source maps first. */
function callerOf(callee: (...args: never[]) => unknown): string {
  // oxlint-disable-next-line typescript/unbound-method -- it is put back as it was, never called
  const { prepareStackTrace, stackTraceLimit } = Error;
  const at: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = 1;
    Error.prepareStackTrace = (_, frames) => frames[0]?.getFileName() ?? '';
    Error.captureStackTrace(at, callee);
    return String(at.stack);
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}
