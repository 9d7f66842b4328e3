/**
 * One life of a child process: its output as lines, its end as a promise, signals by process id.
 * Children get their own process group, so that Ctrl-C in a terminal reaches only the parent, which then
 * stops them in its own order. Starting it again is the supervisor's business.
 */

import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the child: nothing of ours is inherited. */
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Opens an IPC channel, on whose end a Node child is expected to exit by itself. */
  readonly ipc?: boolean;
  readonly onLine?: ((line: string) => void) | undefined;
}

/** How a life ended; both null when the process could not be started at all. */
export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Child {
  readonly pid: number | null;
  readonly ended: Promise<ChildEnd>;
  hasEnded(): boolean;
  /** The end of its output, at most 20 lines. */
  lastLines(): readonly string[];
  signal(signal: NodeJS.Signals): void;
  /** SIGKILL to the process and everything it started in its group. */
  killGroup(): void;
}

const LAST_LINES_MAX = 20;

/** Starts a process. A command that cannot be run ends at once, with the reason among its last lines. */
export function startChild(options: ChildOptions): Child {
  const lines: string[] = [];
  const keep = (line: string): void => {
    lines.push(line);
    if (lines.length > LAST_LINES_MAX) lines.shift();
    options.onLine?.(line);
  };
  const child = spawn(options.command, options.args, spawnOptions(options));
  for (const stream of [child.stdout, child.stderr]) {
    if (stream !== null) createInterface({ input: stream }).on('line', keep);
  }
  let hasEnded = false;
  const ended = endOf(child, keep).then((end) => {
    hasEnded = true;
    return end;
  });
  const send = (pid: number, signal: NodeJS.Signals): void => {
    // Until `ended` the process is at worst a zombie of ours, so its id cannot have been given to another.
    if (!hasEnded && child.pid !== undefined) trySignal(pid, signal);
  };
  return {
    pid: child.pid ?? null,
    ended,
    hasEnded: () => hasEnded,
    lastLines: () => [...lines],
    signal: (signal) => send(child.pid ?? 0, signal),
    killGroup: () => send(-(child.pid ?? 0), 'SIGKILL'),
  };
}

function spawnOptions(options: ChildOptions): Parameters<typeof spawn>[2] & { detached: true } {
  return {
    env: options.env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', ...(options.ipc === true ? (['ipc'] as const) : [])],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  };
}

function endOf(child: ChildProcess, keep: (line: string) => void): Promise<ChildEnd> {
  return new Promise((resolve) => {
    child.once('error', (err) => {
      if (child.pid !== undefined) return;
      keep(err.message);
      resolve({ code: null, signal: null });
    });
    child.once('exit', (code, signal) => {
      // The last lines arrive until 'close', which never comes while a grandchild holds the pipe.
      const closed = new Promise<void>((done) => child.once('close', () => done()));
      void Promise.race([closed, delay(500, undefined, { ref: false })]).then(() =>
        resolve({ code, signal }),
      );
    });
  });
}

function trySignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (err) {
    if (!(err instanceof Error && 'code' in err && err.code === 'ESRCH')) throw err;
  }
}
