/**
 * Tells of crashes by name, and decides when to give up: a process that crashes five times within a minute, or does
 * not come back for a minute, will not be healed by starting it again, and a stack without it would only look alive.
 *
 * A start that fails is no further crash: after a kill, Postgres refuses to start for as long as the last statement
 * of the killed one runs, and comes back by itself.
 */

import type { ProcessExit } from '@kith/stack';

import type { Progress } from './progress.ts';

const CRASHES_MAX = 5;
const WINDOW_MS = 60_000;
const AWAY_MS_MAX = 60_000;
const DETAIL_LINES = 8;

export interface CrashWatch {
  /** To be called at every exit of a supervised process; the expected ones are silent. */
  readonly report: (exit: ProcessExit, logPath: string) => void;
}

interface History {
  /** When it crashed within the last minute. */
  crashes: readonly number[];
  /** Since when it has not been ready. */
  awaySince: number;
}

export function createCrashWatch(options: {
  progress: Progress;
  now: () => number;
  onGiveUp: (name: string) => void;
}): CrashWatch {
  const histories = new Map<string, History>();
  return {
    report: (exit, logPath) => {
      // A process that ends while it is being started is reported by whoever started it.
      if (exit.expected || exit.restartInMs === null) return;
      const { name } = exit;
      const at = options.now();
      const before = histories.get(name) ?? { crashes: [], awaySince: at };
      const history = exit.wasReady ? withCrash(before, at) : before;
      histories.set(name, history);
      const hopeless = whyHopeless(history, at);
      const what = exit.wasReady ? 'crashed' : 'did not start';
      const next = hopeless ?? `starting it again in ${exit.restartInMs / 1000} s`;
      options.progress.problem(
        `${name} ${what} (${describeEnd(exit)}): ${next}. Log: ${logPath}`,
        exit.lastLines.slice(-DETAIL_LINES),
      );
      if (hopeless !== null) options.onGiveUp(name);
    },
  };
}

function withCrash(before: History, at: number): History {
  const recent = before.crashes.filter((crash) => crash > at - WINDOW_MS);
  return { crashes: [...recent, at], awaySince: at };
}

function whyHopeless(history: History, at: number): string | null {
  if (history.crashes.length >= CRASHES_MAX) return `crash ${CRASHES_MAX} within a minute, giving up`;
  return at - history.awaySince > AWAY_MS_MAX ? 'not back after a minute, giving up' : null;
}

function describeEnd({ code, signal }: ProcessExit): string {
  if (signal !== null) return signal;
  return code === null ? 'could not be run' : `exit code ${code}`;
}
