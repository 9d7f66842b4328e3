/*
 * What a failed statement means: try again, or never.
 *
 * By SQLSTATE class (PostgreSQL documentation, appendix A). What is not known to be passing is taken as terminal:
 * it would fail again, and retrying it for ever would hold up everything behind it.
 */
import { KithError } from '@kith/contracts';
import pg from 'pg';

/** The server or the way to it failed: 08 connection, 53 resources, 57 operator, 58 system, 40 conflict. */
const passingClasses = new Set(['08', '40', '53', '57', '58']);
const passingStates = new Set(['55P03', '25P03', '25006']);
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN']);
/** Sentences of the driver for a connection that died or never came; they carry no code. */
const driverSentences =
  /connection (terminated|ended)|timeout (exceeded|expired)|read timeout|not queryable/i;

/** Whether the same statement may succeed a moment later, without anybody changing anything. */
export function isRetryable(err: unknown): boolean {
  if (!(err instanceof Error)) return false;
  if (err instanceof KithError) return err.code === 'too_slow';
  const code = codeOf(err);
  if (code !== undefined) {
    if (networkCodes.has(code) || passingStates.has(code)) return true;
    return code.length === 5 && passingClasses.has(code.slice(0, 2));
  }
  return driverSentences.test(err.message);
}

/** Whether two transactions got in each other's way: serialization failure or deadlock. */
export function isTransactionConflict(err: unknown): boolean {
  const code = codeOf(err);
  return code === '40001' || code === '40P01';
}

/** Whether a statement failed by itself, and its connection can go on. */
export function leavesConnectionFine(err: unknown): boolean {
  return err instanceof KithError || (err instanceof pg.DatabaseError && !isRetryable(err));
}

/** The code of an error, if it has one. */
export function codeOf(err: unknown): string | undefined {
  const code = err instanceof Error ? (err as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
