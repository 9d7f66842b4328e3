import { type Logger, pino } from 'pino';

export type { Logger } from 'pino';

/**
 * A JSON log on standard output, one line an entry. Entries hold ids, sizes and hashes; bodies, addresses and
 * tokens never. What could slip in by its usual name is taken out.
 */
export function createLog(options: { name: string; level: string }): Logger {
  return pino({
    name: options.name,
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
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}
