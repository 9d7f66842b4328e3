/*
 * The whole of Kith for a test: the built services over an embedded Postgres and NATS, started by the built engine in
 * a folder of its own and on ports of its own, exactly as `npm start` does it.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createKithClient, type KithClient } from '@kith/client';
import { waitUntil } from '@kith/stack';
import { freePortBase } from './stack-fixture.ts';

const checkout = join(import.meta.dirname, '../../..');

/** What `.kith/local.json` says. */
export interface LocalStack {
  workspace: string;
  apiKey: string;
  natsUrl: string;
  databaseUrl: string;
  urls: {
    query: string;
    resolver: string;
    ingestEmail: string;
    ingestWhatsapp: string;
    ingestLinkedin: string;
    web: string;
  };
}

/** A running stack. */
export interface WholeStack extends AsyncDisposable {
  /** Looks like a checkout: `apps`, `node_modules`, `package.json` and `.kith` are in it. */
  root: string;
  portBase: number;
  local: LocalStack;
  kith: KithClient;
  /** What the engine printed. */
  lines: readonly string[];
  /** Ends a server or service by its name with SIGKILL; the engine starts it again. */
  kill(name: string): Promise<void>;
  /** Runs a program in the root, and answers what it printed and how it ended. */
  run(command: string, args: readonly string[]): Promise<{ code: number | null; output: string }>;
}

/** Starts everything, and waits until it says that it runs. */
export async function startWholeStack(options: {
  demo: boolean;
  env?: Record<string, string>;
}): Promise<WholeStack> {
  const root = await mkdtemp(join(tmpdir(), 'kith-whole-'));
  for (const name of ['apps', 'packages', 'node_modules', 'package.json']) {
    await symlink(join(checkout, name), join(root, name));
  }
  const portBase = await freePortBase();
  const { lines, child, ended } = startEngine({ root, portBase, ...options });
  const running = await waitUntil(() => lines.some((line) => line.includes('Kith is running')), {
    timeoutMs: 100_000,
  });
  if (!running) {
    child.kill('SIGKILL');
    throw new Error(`the stack did not start:\n${lines.join('\n')}`);
  }
  const local = JSON.parse(await readFile(join(root, '.kith/local.json'), 'utf8')) as LocalStack;
  const kith = createKithClient({
    queryUrl: local.urls.query,
    resolverUrl: local.urls.resolver,
    apiKey: local.apiKey,
  });
  return {
    root,
    portBase,
    local,
    kith,
    lines,
    kill: (name) => killByName(root, name),
    run: (command, args) => run(root, command, args),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await ended;
      await rm(root, { recursive: true, force: true });
    },
  };
}

function startEngine(options: {
  root: string;
  portBase: number;
  demo: boolean;
  env?: Record<string, string>;
}) {
  const engine = new URL('../dist/up/up.js', import.meta.url).href;
  const { root, demo } = options;
  const program = `
    import { up } from ${JSON.stringify(engine)};
    process.exitCode = await up({ root: ${JSON.stringify(root)}, demo: ${String(demo)}, log: console.log });`;
  const { DATABASE_URL: _, NATS_URL: __, ...env } = process.env;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, ...options.env, KITH_PORT_BASE: String(options.portBase) },
  });
  const lines: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => lines.push(line));
  }
  return { child, lines, ended: new Promise<void>((resolve) => child.once('close', () => resolve())) };
}

/** The engine may still be starting it again after the last time: waits until there is one to kill. */
async function killByName(root: string, name: string): Promise<void> {
  const killed = await waitUntil(() => tryToKill(join(root, '.kith'), name), { timeoutMs: 30_000 });
  if (!killed) throw new Error(`${name} does not run`);
}

async function tryToKill(folder: string, name: string): Promise<boolean> {
  const files = [`run/${name}.pid`, `${name}.pid`];
  const note = await Promise.any(files.map((file) => readFile(join(folder, file), 'utf8')));
  return process.kill((JSON.parse(note) as { pid: number }).pid, 'SIGKILL');
}

function run(root: string, command: string, args: readonly string[]) {
  return new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
