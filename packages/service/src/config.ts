/*
 * Configuration: read once from the environment, checked as a whole, and never again.
 *
 * All problems are told at once. A `KITH_*` variable that nobody reads is an error, because it is a typing mistake
 * whose setting would be missing in silence. Secrets are described with `secret()` and print as `[redacted]`.
 */
import * as z from 'zod';

/** A variable whose value must not be shown anywhere. */
export const secret = (): z.ZodString => z.string().min(1).meta({ secret: true });

/** What every service reads. */
export const serviceSettings = {
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .describe('TCP port of the HTTP server; 0 takes a free one.'),
  HOST: z.string().default('0.0.0.0').describe('Address that the HTTP server listens on.'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
    .default('info')
    .describe('Least severe level that is logged.'),
};

/** The configuration cannot be used; the message lists every problem, a line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** Parses the environment, or throws a `ConfigError` that names every variable at fault. */
export function loadConfig<S extends z.ZodObject>(
  schema: S,
  env: Readonly<Record<string, string | undefined>>,
): z.infer<S> {
  const known = Object.keys(schema.shape);
  const unknown = Object.keys(env).filter((key) => key.startsWith('KITH_') && !known.includes(key));
  const values = Object.fromEntries(known.map((key) => [key, env[key] === '' ? undefined : env[key]]));
  const result = schema.safeParse(values);
  const problems = [
    ...unknown.map((key) => `${key}: no such setting; known are ${kithKeys(known)}`),
    ...(result.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${explain(issue, values)}`),
  ];
  if (!result.success || problems.length > 0) throw new ConfigError(problems.join('\n'));
  return result.data;
}

/** The configuration as it may be shown: secrets replaced, and passwords taken out of URLs. */
export function printableConfig<S extends z.ZodObject>(schema: S, config: z.infer<S>): object {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key,
      isSecret(schema.shape[key]) && value !== undefined ? '[redacted]' : withoutPassword(value),
    ]),
  );
}

function explain(issue: z.core.$ZodIssue, values: Record<string, string | undefined>): string {
  return values[String(issue.path[0])] === undefined ? 'is not set' : issue.message;
}

function kithKeys(known: readonly string[]): string {
  return known.filter((key) => key.startsWith('KITH_')).join(', ') || 'none';
}

function isSecret(schema: unknown): boolean {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema;
  return inner instanceof z.ZodType && inner.meta()?.['secret'] === true;
}

function withoutPassword(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/(:\/\/[^:/@]*):[^@/]*@/, '$1:[redacted]@') : value;
}
