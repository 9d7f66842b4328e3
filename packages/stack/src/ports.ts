/**
 * Ports on 127.0.0.1. A port chosen here may be taken by somebody else before it is used; callers that
 * cannot live with that name their port and check it with `assertPortFree`.
 */

import { createServer } from 'node:net';

import { StackError } from './stack-error.ts';

/** A port that the operating system says is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Whether a server could listen on this port of 127.0.0.1 now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** Throws `port_taken`, naming who wanted the port and what to do, unless the port is free. */
export async function assertPortFree(port: number, wantedBy: string, remedy: string): Promise<void> {
  if (await isPortFree(port)) return;
  throw new StackError('port_taken', `Port ${port}, needed by ${wantedBy}, is in use: ${remedy}.`);
}
