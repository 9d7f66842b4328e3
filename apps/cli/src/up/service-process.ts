/** One service of the stack as a supervised process: its environment, its log file, its readiness. */

import { join } from 'node:path';

import { stopOrphan, superviseProcess, type ProcessExit, type SupervisedProcess } from '@kith/stack';

import type { KithFolder } from './folder.ts';
import { openLogFile } from './log-file.ts';
import type { ServiceRow, StackSettings } from './services.ts';

/** What every program needs from the machine; everything else a row has to name. */
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'NODE_EXTRA_CA_CERTS'] as const;

export interface ServiceContext {
  readonly root: string;
  readonly folder: KithFolder;
  readonly stack: StackSettings;
  readonly signal: AbortSignal;
  readonly onExit: (exit: ProcessExit, logPath: string) => void;
  readonly onRecovered: (name: string) => void;
}

/** Starts a service and resolves when `/readyz` says so; throws `process_failed` with its last words. */
export async function startService(row: ServiceRow, context: ServiceContext): Promise<SupervisedProcess> {
  const url = context.stack.urls[row.urlKey] ?? '';
  const logFile = await openLogFile(context.folder.logs, row.name);
  return superviseProcess({
    name: row.name,
    command: process.execPath,
    args: ['--enable-source-maps', join(context.root, row.entry)],
    cwd: context.root,
    env: { ...environment(row.inherits), PORT: new URL(url).port, ...row.env(context.stack) },
    ipc: true,
    restart: 'always',
    ready: () => isReady(url),
    readyTimeoutMs: 60_000,
    pidFile: pidFileOf(row, context.folder),
    signal: context.signal,
    onLine: logFile.write,
    onRecovered: () => context.onRecovered(row.name),
    onExit: (exit) => {
      context.onExit(exit, logFile.path);
      if (exit.restartInMs === null) void logFile.close();
    },
  });
}

/** Ends what a killed stack may have left of this service. */
export async function endServiceOrphan(row: ServiceRow, root: string, folder: KithFolder): Promise<void> {
  const proof = join(root, row.entry);
  await stopOrphan({ pidFile: pidFileOf(row, folder), proof, signal: 'SIGTERM', what: row.name });
}

function environment(inherits: readonly string[] = []): Record<string, string> {
  const inherited = [...INHERITED, ...inherits].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const level = process.env['LOG_LEVEL'] ?? 'info';
  return { ...Object.fromEntries(inherited), NODE_ENV: 'production', HOST: '127.0.0.1', LOG_LEVEL: level };
}

async function isReady(url: string): Promise<boolean> {
  const response = await fetch(new URL('/readyz', url), { signal: AbortSignal.timeout(2_000) });
  await response.body?.cancel();
  return response.status === 200;
}

function pidFileOf(row: ServiceRow, folder: KithFolder): string {
  return join(folder.run, `${row.name}.pid`);
}
