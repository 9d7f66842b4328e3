/** The part of a logger that the bus needs. */
export interface BusLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** NATS cannot take or give messages right now; the same call may succeed later. */
export class BusUnavailable extends Error {
  override readonly name = 'BusUnavailable';
}
