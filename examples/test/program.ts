import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** An example that runs. */
export interface Program {
  /** The lines it has printed so far. */
  lines(): string[];
  /** Resolves with its exit code. */
  ended: Promise<number | null>;
  stop(): Promise<void>;
}

/** Runs a built example as its users do. */
export function runExample(name: string, env: Record<string, string>): Program {
  const child: ChildProcess = spawn(
    process.execPath,
    [fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url))],
    { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout?.on('data', (piece: Buffer) => (output += piece.toString()));
  const ended = once(child, 'close').then(() => child.exitCode);
  return {
    lines: () => output.split('\n').filter((line) => line !== ''),
    ended,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
