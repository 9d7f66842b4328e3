/** Embedded Postgres and NATS for development, demo and tests, and the supervision of local processes. */

export { findNatsServer } from './nats-binary.ts';
export { endNatsOrphan, startNats, type EmbeddedNats, type StartNatsOptions } from './nats.ts';
export { readPidFile, stopOrphan, writePidFile } from './pid-file.ts';
export { assertPortFree, freePort, isPortFree } from './ports.ts';
export {
  endPostgresOrphan,
  startPostgres,
  type EmbeddedPostgres,
  type StartPostgresOptions,
} from './postgres.ts';
export { StackError, STACK_ERROR_CODES, type StackErrorCode } from './stack-error.ts';
export {
  superviseProcess,
  type ProcessExit,
  type SupervisedProcess,
  type SuperviseOptions,
} from './supervise.ts';
export { waitUntil } from './wait-until.ts';
