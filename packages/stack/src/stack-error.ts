/**
 * The one error type of this package. Each code is a situation a person can do something about, and the
 * message says what, in one line; callers print `message` and need no stack trace.
 */

/** Every situation this package reports, and when it arises. */
export const STACK_ERROR_CODES = {
  already_running: 'another live process owns this data directory',
  data_directory_unusable:
    'the data directory is not ours to use: another owner, other contents, or no password',
  nats_missing: 'no nats-server was found, or one that is too old',
  path_unreachable: 'started as root, and no unprivileged user can reach the binaries or the data',
  platform_unsupported: 'there are no Postgres binaries for this operating system and processor',
  port_taken: 'a port we were told to use is in use',
  postgres_version: 'the data directory was written by another major version of Postgres',
  process_failed: 'a server or service stopped, or did not become ready, while it was being started',
} as const;

export type StackErrorCode = keyof typeof STACK_ERROR_CODES;

/** A failure to start or stop a local server, whose message tells a person what to do. */
export class StackError extends Error {
  readonly code: StackErrorCode;

  constructor(code: StackErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StackError';
    this.code = code;
  }
}
