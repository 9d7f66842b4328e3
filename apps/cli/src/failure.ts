/*
 * What a person is told when a command cannot do its work: one line that says what to do.
 */
import { kithError } from '@kith/client';

/** A problem with its remedy in the message; it needs no stack. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure';
}

/** The one line for any error. */
export function describeFailure(err: unknown): string {
  const own = findCause(err, (cause) => cause instanceof CliFailure);
  if (own !== null) return own.message;
  const answer = kithError(err);
  if (answer !== null) return describeAnswer(answer);
  const system = findCause(err, (cause) => 'code' in cause && typeof cause.code === 'string');
  return (system ?? findCause(err, () => true))?.message || String(err);
}

function describeAnswer({ code, field, message }: NonNullable<ReturnType<typeof kithError>>): string {
  if (code === 'unauthorized') {
    return 'The API key is missing, unknown or revoked: give a valid one with --api-key or KITH_API_KEY.';
  }
  if (code === 'unavailable') {
    return 'Kith is unavailable for a moment: try again, and see "kith doctor" if it stays so.';
  }
  return code === 'bad_input' && field !== null && !message.includes(field)
    ? `${field}: ${message}`
    : message;
}

/** tRPC wraps what fetch threw, and fetch wraps what the system said. */
function findCause(err: unknown, fits: (cause: Error) => boolean): Error | null {
  for (let cause = err; cause instanceof Error; cause = cause.cause) if (fits(cause)) return cause;
  return null;
}
