/*
 * A service of Kith as it is deployed: its built `dist/main.js` in a process of its own, on a port that stays the
 * same when it is started again.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

export interface ServiceProcess extends AsyncDisposable {
  url: string;
  start(): Promise<void>;
  stop(signal: NodeJS.Signals): Promise<void>;
}

/** A stopped service; `start` resolves when it is ready. */
export async function createServiceProcess(
  name: 'query' | 'resolver',
  env: Readonly<Record<string, string>>,
): Promise<ServiceProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const main = fileURLToPath(new URL('main.js', import.meta.resolve(`@kith/${name}`)));
  let child: ChildProcess | undefined;
  const stop = async (signal: NodeJS.Signals) => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  return {
    url,
    stop,
    start: async () => {
      child = spawn(process.execPath, [main], {
        env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'warn', ...env },
        stdio: ['ignore', 'inherit', 'inherit'],
      });
      await vi.waitFor(() => assertReady(url), { timeout: 30_000, interval: 100 });
    },
    [Symbol.asyncDispose]: () => stop('SIGKILL'),
  };
}

async function assertReady(url: string): Promise<void> {
  const { status } = await fetch(`${url}/readyz`);
  if (status !== 200) throw new Error(`${url}/readyz answers ${status}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
