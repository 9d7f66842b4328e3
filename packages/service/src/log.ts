import { type DestinationStream, type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * A JSON log on standard output, one line an entry. Entries hold ids, sizes and hashes; bodies, addresses and
 * tokens never. What could slip in by its usual name is taken out, and so is what a database error quotes of rows.
 */
export function createLog(options: { name: string; level: string }, destination?: DestinationStream): Logger {
  const settings = {
    level: options.level,
    base: { service: options.name },
    redact: {
      paths: [
        'authorization',
        'token',
        'apiKey',
        'password',
        'secrets',
        '*.authorization',
        '*.token',
        '*.apiKey',
      ],
      censor: '[redacted]',
    },
    serializers: { err: describeError },
    timestamp: pino.stdTimeFunctions.isoTime,
  };
  return destination === undefined ? pino(settings) : pino(settings, destination);
}

interface LoggedError {
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: LoggedError;
}

/** An error without anything that its thrower hung on it: `pg` hangs whole rows there. */
function describeError(err: unknown): LoggedError {
  if (!(err instanceof Error)) return { type: typeof err, message: 'not an error' };
  const { code } = err as { code?: unknown };
  const message = messageOf(err);
  return {
    type: err.name,
    message,
    ...(typeof code === 'string' ? { code } : {}),
    stack: `${err.name}: ${message}\n${framesOf(err)}`,
    ...(err.cause === undefined ? {} : { cause: describeError(err.cause) }),
  };
}

type PostgresFields = Record<'severity' | 'code' | 'table' | 'column' | 'constraint', string>;

/** Postgres quotes the value at fault in its messages; its code and what it belongs to say enough. */
function messageOf(err: Error): string {
  const { severity, code, table, column, constraint } = err as Error & Partial<PostgresFields>;
  if (severity === undefined) return err.message;
  return ['Postgres', code, table, column, constraint].filter((part) => part !== undefined).join(' ');
}

const framesOf = (err: Error): string =>
  (err.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
