/**
 * A checkout in miniature for tests of the engine: one tiny service that can be made to crash, started by the
 * built engine in a Node process of its own, as `npm start` does it.
 */

import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { isPortFree, waitUntil } from '@kith/stack';

const ECHO = `
  import { createServer } from 'node:http';
  console.log('echo begins');
  createServer((req, res) => {
    if (req.url === '/crash') { console.error('out of cheese'); process.exit(7); }
    if (req.url === '/env') return res.end(JSON.stringify({ pid: process.pid, ...process.env }));
    res.end('{}');
  }).listen(Number(process.env.PORT), process.env.HOST);
  process.on('disconnect', () => process.exit());
  process.on('SIGTERM', () => process.exit());`;

const BROKEN = `console.error('no such table'); process.exit(1);`;

export interface Checkout extends AsyncDisposable {
  readonly root: string;
  readonly portBase: number;
  readonly echoUrl: string;
}

/** Makes the checkout; its ports are free and its folder goes away at the end. */
export async function createCheckout(): Promise<Checkout> {
  const root = await mkdtemp(join(tmpdir(), 'kith-up-'));
  for (const [name, source] of Object.entries({ echo: ECHO, broken: BROKEN })) {
    await mkdir(join(root, 'apps', name), { recursive: true });
    await writeFile(join(root, 'apps', name, 'main.mjs'), source);
  }
  const portBase = await freePortBase();
  const dispose = (): Promise<void> => rm(root, { recursive: true, force: true });
  return { root, portBase, echoUrl: `http://127.0.0.1:${portBase + 1}`, [Symbol.asyncDispose]: dispose };
}

export interface RunningUp extends AsyncDisposable {
  readonly pid: number;
  readonly lines: readonly string[];
  readonly ended: Promise<number | null>;
  /** Waits for a line that matches. */
  sees(pattern: RegExp): Promise<boolean>;
  signal(signal: NodeJS.Signals): void;
}

/** Runs the engine with the named services of the checkout. */
export function runUp(checkout: Checkout, services: readonly ('echo' | 'broken')[] = ['echo']): RunningUp {
  const engine = new URL('../dist/up/up.js', import.meta.url).href;
  const program = `
    import { up } from ${JSON.stringify(engine)};
    const services = ${JSON.stringify(services)}.map((name, index) => ({
      name, entry: 'apps/' + name + '/main.mjs', portOffset: index + 1, urlKey: name,
      env: (stack) => ({ NATS_URL: stack.natsUrl }),
    }));
    process.exitCode = await up({ root: ${JSON.stringify(checkout.root)}, demo: false, log: console.log, services });`;
  const { DATABASE_URL: _, NATS_URL: __, ...env } = process.env;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, KITH_PORT_BASE: String(checkout.portBase), KITH_UNKNOWN: 'must not be passed on' },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    pid: child.pid ?? 0,
    lines,
    ended,
    sees: (pattern) => waitUntil(() => lines.some((line) => pattern.test(line)), { timeoutMs: 20_000 }),
    signal: (signal) => void child.kill(signal),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A number that no part of a stack is in the way of. */
export async function freePortBase(): Promise<number> {
  for (;;) {
    const base = 20_000 + Math.floor(Math.random() * 10_000);
    const free = await Promise.all([0, 1, 2, 11, 20, 30].map((offset) => isPortFree(base + offset)));
    if (free.every(Boolean)) return base;
  }
}
