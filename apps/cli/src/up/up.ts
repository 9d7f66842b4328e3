/**
 * The engine of `kith up` and `npm start`: a whole Kith on this machine, from the servers below to the demo on
 * top, until it is told to stop. It reads as the order of things: check, start, prepare, run, stop.
 *
 * A crash of one part is told by its name and healed by starting that part again; the others keep running.
 * However it ends, no process is left: an orderly stop ends them one by one, and after a kill -9 of this
 * process they end by themselves or are recognised and ended at the next start.
 */

import { rm } from 'node:fs/promises';
import { constants } from 'node:os';

import { readPidFile, StackError, writePidFile } from '@kith/stack';

import { openKithFolder, type KithFolder } from './folder.ts';
import { PortBaseError } from './ports.ts';
import { createProgress, type Progress } from './progress.ts';
import { createRunningStack, type RunningStack } from './running-stack.ts';
import { SERVICES, type ServiceRow } from './services.ts';
import { startStack } from './start-stack.ts';
import { listenForStop, type StopRequest } from './stop-request.ts';

export interface UpOptions {
  /** The checkout: programs are found and `.kith/` is kept here. */
  readonly root: string;
  /** Whether to play the demo's traffic. */
  readonly demo: boolean;
  readonly log: (line: string) => void;
  /** Stops the stack, as Ctrl-C does. */
  readonly signal?: AbortSignal;
  /** The services of Kith by default. */
  readonly services?: readonly ServiceRow[];
}

/**
 * Runs the stack until it is stopped, and answers the exit code of the process: 0 after a stop of a running
 * stack, 128 + the signal when it was still starting, 1 when it could not start or could not be kept alive.
 */
export async function up(options: UpOptions): Promise<number> {
  const progress = createProgress(options.log, process.stdout.isTTY && !process.env['NO_COLOR']);
  const running = createRunningStack();
  let isRunning = false;
  using stop = listenForStop({
    caller: options.signal,
    exitCodeFor: (signal) => (isRunning ? 0 : 128 + constants.signals[signal]),
    onForce: () => void running.kill(),
  });
  try {
    const folder = await openKithFolder(options.root);
    await claim(folder);
    try {
      await startStack({
        ...options,
        services: options.services ?? SERVICES,
        folder,
        progress,
        running,
        stop,
      });
      isRunning = true;
      await aborted(stop.signal);
    } catch (err) {
      reportFailure(err, progress, stop);
    }
    await stopAll(running, progress);
    await rm(folder.pidFile, { force: true });
  } catch (err) {
    reportFailure(err, progress, stop);
  }
  return stop.exitCode();
}

/** Notes that this process runs the stack; throws `already_running` when another one does. */
async function claim(folder: KithFolder): Promise<void> {
  const other = await readPidFile(folder.pidFile, '');
  if (other !== null) {
    throw new StackError(
      'already_running',
      `Kith is already running from this checkout (process ${other.pid}): use that one, or stop it first.`,
    );
  }
  await writePidFile(folder.pidFile, process.pid);
}

/** Tells what went wrong, once; an interrupted start is no failure. */
function reportFailure(err: unknown, progress: Progress, stop: StopRequest): void {
  if (stop.signal.aborted && err === stop.signal.reason) return;
  const isForPeople = err instanceof StackError || err instanceof PortBaseError;
  const [first = '', ...details] = (isForPeople ? err.message : describe(err)).split('\n');
  progress.problem(first, details);
  stop.stop(1);
}

function describe(err: unknown): string {
  return err instanceof Error ? (err.stack ?? err.message) : String(err);
}

async function stopAll(running: RunningStack, progress: Progress): Promise<void> {
  if (running.isEmpty()) return;
  const began = performance.now();
  progress.note('Stopping …');
  for (const problem of await running.stop()) progress.problem(describe(problem));
  progress.note(`Stopped in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
}
