/**
 * The steps of a bootstrap as a person sees them, and the commands they run. On a terminal the current step
 * shows its running time; elsewhere each step is a plain line at its start and its end. What a command
 * prints is shown only when it fails, or when asked for.
 *
 * A signal ends the running command with everything it started, then this process, with 128 + its number.
 */

import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
/** npm passes a terminal's Ctrl-C on to a child that has already had it, so one press arrives twice. */
const SAME_PRESS_MS = 1_000;
/** Long enough for a package manager to tidy up; turbo looks at no signal while it walks the disk. */
const KILL_AFTER_MS = 3_000;
const OUTPUT_CHARACTERS_MAX = 200_000;

/** A failure whose message is all that a person needs. */
export class StepError extends Error {}

export function createSteps({ output, env }) {
  const startedAt = performance.now();
  const children = new Set();
  const cleanups = [];
  let interruptedAt;
  const line = (text) => output.write(`[${seconds(performance.now() - startedAt).padStart(7)}] ${text}\n`);

  async function interrupt(signal) {
    if (interruptedAt !== undefined) {
      if (performance.now() - interruptedAt > SAME_PRESS_MS) process.exit(exitCode(signal));
      return;
    }
    interruptedAt = performance.now();
    output.write(output.isTTY ? '\r\u001b[K' : '');
    await Promise.all([...children].map((child) => endGroup(child)));
    for (const cleanup of cleanups) await cleanup();
    process.exit(exitCode(signal));
  }
  for (const signal of SIGNALS) process.on(signal, interrupt);
  followParent();
  // A terminal that was closed cannot be written to, which is no reason to die before cleaning up.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

  return {
    line,

    /** Runs `work` as a step with a name; resolves to what it returns. */
    async step(name, work) {
      const began = performance.now();
      const stopTicking = output.isTTY ? tick(output, name) : (line(`${name} …`), () => undefined);
      try {
        const result = await work();
        stopTicking();
        const took = seconds(performance.now() - began);
        if (output.isTTY) output.write(`  \u001b[32m✓\u001b[0m ${name} \u001b[2m${took}\u001b[0m\n`);
        else line(`${name}: done in ${took}`);
        return result;
      } catch (err) {
        stopTicking();
        output.write(output.isTTY ? `  \u001b[31m✗\u001b[0m ${name}\n` : '');
        throw err;
      }
    },

    /** Runs a command and resolves to `{ code, output }`; with `show`, its output is passed on as it comes. */
    run(command, args, options = {}) {
      return new Promise((resolve) => {
        const child = spawn(command, args, {
          cwd: options.cwd,
          env: { ...env, ...options.env },
          // Its own group, so that one signal reaches whatever package managers start below themselves.
          detached: true,
          stdio: ['ignore', 'pipe', 'pipe'],
        });
        children.add(child);
        let text = '';
        for (const stream of [child.stdout, child.stderr]) {
          stream.on('data', (chunk) => {
            if (options.show) output.write(chunk);
            text = (text + chunk).slice(-OUTPUT_CHARACTERS_MAX);
          });
        }
        child.once('error', (err) => {
          children.delete(child);
          resolve({ code: 127, output: err.message });
        });
        child.once('close', (code) => {
          children.delete(child);
          resolve({ code: code ?? 1, output: text });
        });
      });
    },

    /** Like `run`, but a command that fails becomes an error with all it printed. */
    async mustRun(command, args, options) {
      const result = await this.run(command, args, options);
      if (result.code === 0) return result;
      const shown = options?.show ? '' : `\n${result.output.trimEnd()}`;
      throw new StepError(`\`${[command, ...args].join(' ')}\` failed with code ${result.code}.${shown}`);
    },

    /** Runs `work`; a failure is printed without a stack trace and ends the process with code 1. */
    async orExit(work) {
      try {
        return await work();
      } catch (err) {
        if (interruptedAt === undefined) fail(err);
        // A command that was interrupted fails too; the signal's own exit code is on its way.
        return new Promise(() => undefined);
      }
    },

    /** Something to close before a signal ends the process. */
    onInterrupt(cleanup) {
      cleanups.push(cleanup);
    },

    /** Gives the signals back, to whoever runs next in this process. */
    release() {
      for (const signal of SIGNALS) process.off(signal, interrupt);
    },
  };
}

function fail(err) {
  console.error(err instanceof StepError || err?.name === 'StackError' ? err.message : err);
  process.exit(1);
}

/** npm runs us below a shell and hands a signal to that shell only, which dies of it without telling us. */
function followParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 100);
  timer.unref();
}

function tick(output, name) {
  const began = performance.now();
  const show = () =>
    output.write(`\r\u001b[K  \u001b[36m…\u001b[0m ${name} ${seconds(performance.now() - began)}`);
  show();
  const timer = setInterval(show, 100);
  return () => {
    clearInterval(timer);
    output.write('\r\u001b[K');
  };
}

function endGroup(child) {
  return new Promise((resolve) => {
    const force = setTimeout(() => signalGroup(child, 'SIGKILL'), KILL_AFTER_MS);
    child.once('close', () => {
      clearTimeout(force);
      resolve();
    });
    signalGroup(child, 'SIGTERM');
  });
}

function signalGroup(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // It ended by itself.
  }
}

function exitCode(signal) {
  return 128 + constants.signals[signal];
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
