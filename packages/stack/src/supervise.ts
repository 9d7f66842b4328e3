/**
 * Keeps one child process running: starts it, waits until it is ready, starts it again with growing pauses
 * when it dies, and ends it on request; a child that ignores its stop signal is killed with its whole group
 * after a deadline.
 *
 * What happens to children when the parent itself is killed is not decided here: Node services watch their
 * IPC channel, servers carry a parent-death signal and a pid file.
 */

import { rm } from 'node:fs/promises';

import { startChild, type Child, type ChildEnd, type ChildOptions } from './child.ts';
import { writePidFile } from './pid-file.ts';
import { StackError } from './stack-error.ts';
import { waitUntil } from './wait-until.ts';

/** How a child process ended. `restartInMs` is null when it will not be started again. */
export interface ProcessExit {
  readonly name: string;
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** True when it ended because `stop` or `restart` asked for it. */
  readonly expected: boolean;
  /** False when it ended before it answered. */
  readonly wasReady: boolean;
  /** The end of its output, at most 20 lines. */
  readonly lastLines: readonly string[];
  readonly restartInMs: number | null;
}

export interface SuperviseOptions extends ChildOptions {
  readonly name: string;
  /** Asked until it answers true. */
  readonly ready: () => Promise<boolean>;
  /** 30,000 by default. */
  readonly readyTimeoutMs?: number;
  readonly restart: 'always' | 'never';
  /** SIGTERM by default. */
  readonly stopSignal?: NodeJS.Signals;
  /** How long the stop signal may take before SIGKILL; 10,000 by default. */
  readonly stopTimeoutMs?: number;
  /** Where to note the process id, for `stopOrphan` after this process was killed. */
  readonly pidFile?: string;
  readonly onExit?: ((exit: ProcessExit) => void) | undefined;
  /** Called when it is ready again after it ended unexpectedly. */
  readonly onRecovered?: (() => void) | undefined;
  /** Gives the start up, with the signal's reason; without effect once started. */
  readonly signal?: AbortSignal | undefined;
}

/** A child process under supervision. */
export interface SupervisedProcess extends AsyncDisposable {
  readonly name: string;
  /** The current process id, or null between two lives. */
  pid(): number | null;
  /** Resolves when the process answers; throws `process_failed` when it does not within the deadline. */
  whenReady(): Promise<void>;
  /** Ends this life with a signal, and resolves when the next one is ready. */
  restart(signal: NodeJS.Signals): Promise<void>;
  /** SIGKILL, as a crash would be: resolves when this life is over. */
  kill(): Promise<void>;
  /** Ends the process for good. Safe to call twice. */
  stop(): Promise<void>;
}

/** Starts a process and resolves when it is ready; throws `process_failed` when it ends or stalls before. */
export async function superviseProcess(options: SuperviseOptions): Promise<SupervisedProcess> {
  const supervisor = new Supervisor(options);
  try {
    await supervisor.start();
    return supervisor;
  } catch (err) {
    await supervisor.stop();
    throw err;
  }
}

const BACKOFF_MS_MIN = 100;
const BACKOFF_MS_MAX = 5_000;
/** A life this long counts as healthy, and the pauses start small again. */
const HEALTHY_AFTER_MS = 30_000;

class Supervisor implements SupervisedProcess {
  readonly name: string;
  readonly #options: SuperviseOptions;
  #child: Child | null = null;
  #beganAt = 0;
  #hasStarted = false;
  #isReady = false;
  #isStopping = false;
  #isRestarting = false;
  #isRecovering = false;
  #crashes = 0;
  #restartTimer: NodeJS.Timeout | undefined;

  constructor(options: SuperviseOptions) {
    this.name = options.name;
    this.#options = options;
  }

  async start(): Promise<void> {
    const child = this.#begin();
    const { signal } = this.#options;
    await this.whenReady(() => child.hasEnded() || signal?.aborted === true);
    signal?.throwIfAborted();
    if (child.hasEnded()) {
      throw new StackError('process_failed', `${this.name} stopped while starting.${quote(child)}`);
    }
    this.#hasStarted = true;
  }

  pid(): number | null {
    return this.#child?.pid ?? null;
  }

  async whenReady(giveUp: () => boolean = () => this.#isStopping): Promise<void> {
    const timeoutMs = this.#options.readyTimeoutMs ?? 30_000;
    if (await waitUntil(() => this.#isReady || giveUp(), { timeoutMs })) return;
    const waited = `${this.name} was not ready after ${Math.round(timeoutMs / 1000)} s.`;
    throw new StackError('process_failed', waited + quote(this.#child));
  }

  async restart(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child !== null) {
      this.#isRestarting = true;
      child.signal(signal);
      await child.ended;
    }
    await this.whenReady();
  }

  async kill(): Promise<void> {
    const child = this.#child;
    child?.signal('SIGKILL');
    await child?.ended;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearTimeout(this.#restartTimer);
    const child = this.#child;
    if (child !== null) await this.#endForGood(child);
    if (this.#options.pidFile !== undefined) await rm(this.#options.pidFile, { force: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #begin(): Child {
    const child = startChild(this.#options);
    this.#child = child;
    this.#beganAt = performance.now();
    // Registered first, so that whoever awaits `ended` later finds the state already up to date.
    void child.ended.then((end) => this.#onEnd(child, end));
    void this.#watchReadiness(child);
    if (this.#options.pidFile !== undefined && child.pid !== null) {
      void writePidFile(this.#options.pidFile, child.pid).catch(() => undefined);
    }
    return child;
  }

  async #watchReadiness(child: Child): Promise<void> {
    const answers = (): Promise<boolean> | boolean => child.hasEnded() || this.#options.ready();
    await waitUntil(answers, { timeoutMs: Infinity, everyMs: 50 });
    if (child.hasEnded()) return;
    this.#isReady = true;
    if (this.#isRecovering) this.#options.onRecovered?.();
    this.#isRecovering = false;
  }

  #onEnd(child: Child, { code, signal }: ChildEnd): void {
    const expected = this.#isStopping || this.#isRestarting;
    const wasReady = this.#isReady;
    this.#child = null;
    this.#isReady = false;
    this.#isRecovering ||= !expected;
    const restartInMs = this.#scheduleRestart();
    const { name } = this;
    const lastLines = child.lastLines();
    this.#options.onExit?.({ name, code, signal, expected, wasReady, lastLines, restartInMs });
  }

  #scheduleRestart(): number | null {
    if (this.#isStopping || !this.#hasStarted || this.#options.restart === 'never') return null;
    const pauseMs = this.#pauseMs();
    this.#isRestarting = false;
    this.#restartTimer = setTimeout(() => this.#begin(), pauseMs);
    return pauseMs;
  }

  #pauseMs(): number {
    if (this.#isRestarting) return 0;
    if (performance.now() - this.#beganAt > HEALTHY_AFTER_MS) this.#crashes = 0;
    return Math.min(BACKOFF_MS_MIN * 2 ** this.#crashes++, BACKOFF_MS_MAX);
  }

  async #endForGood(child: Child): Promise<void> {
    child.signal(this.#options.stopSignal ?? 'SIGTERM');
    const timeoutMs = this.#options.stopTimeoutMs ?? 10_000;
    if (!(await waitUntil(() => child.hasEnded(), { timeoutMs }))) child.killGroup();
    await child.ended;
  }
}

function quote(child: Child | null): string {
  const lines = child?.lastLines() ?? [];
  return lines.length === 0 ? '' : ` Its last words:\n${lines.map((line) => `    ${line}`).join('\n')}`;
}
