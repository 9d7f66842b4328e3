/**
 * Which port each part of a stack takes: an offset from KITH_PORT_BASE, so that several checkouts can run on
 * one machine and every part can be found without asking.
 */

import { isPortFree, StackError } from '@kith/stack';

export const PORT_BASE_DEFAULT = 4400;
/** Where the demo's files are fetched from, as from a provider. */
export const DEMO_MEDIA_PORT_OFFSET = 14;
export const NATS_PORT_OFFSET = 20;
export const POSTGRES_PORT_OFFSET = 30;
const OFFSET_MAX = 99;

/** The base port from the environment; throws when it is not a port that leaves room for the offsets. */
export function readPortBase(env: NodeJS.ProcessEnv): number {
  const given = env['KITH_PORT_BASE'] ?? '';
  const base = given === '' ? PORT_BASE_DEFAULT : Number(given);
  if (Number.isInteger(base) && base >= 1024 && base <= 65_535 - OFFSET_MAX) return base;
  throw new PortBaseError(
    `KITH_PORT_BASE is ${JSON.stringify(given)}: set it to a number from 1024 to ${65_535 - OFFSET_MAX}.`,
  );
}

/** KITH_PORT_BASE cannot be used; the message says what it may be. */
export class PortBaseError extends Error {
  override readonly name = 'PortBaseError';
}

/** Checks every port before anything is started; throws `port_taken`, naming the first that is in use. */
export async function assertPortsFree(ports: Readonly<Record<string, number>>): Promise<void> {
  for (const [name, port] of Object.entries(ports)) {
    if (await isPortFree(port)) continue;
    throw new StackError(
      'port_taken',
      `Port ${port}, needed by ${name}, is in use: stop what listens there, or set KITH_PORT_BASE to another number (now ${readPortBase(process.env)}).`,
    );
  }
}
