/**
 * Tells of crashes by name, and decides when to give up: a process that crashes five times within a minute
 * will not be healed by starting it again, and a stack without it would only look alive.
 */

import type { ProcessExit } from '@kith/stack';

import type { Progress } from './progress.ts';

const CRASHES_MAX = 5;
const WINDOW_MS = 60_000;
const DETAIL_LINES = 8;

export interface CrashWatch {
  /** To be called at every exit of a supervised process; the expected ones are silent. */
  readonly report: (exit: ProcessExit, logPath: string) => void;
}

export function createCrashWatch(options: {
  progress: Progress;
  now: () => number;
  onGiveUp: (name: string) => void;
}): CrashWatch {
  const crashes = new Map<string, number[]>();
  return {
    report: (exit, logPath) => {
      // A process that ends while it is being started is reported by whoever started it.
      if (exit.expected || exit.restartInMs === null) return;
      const { name } = exit;
      const recent = [...(crashes.get(name) ?? []), options.now()].filter(
        (at) => at > options.now() - WINDOW_MS,
      );
      crashes.set(name, recent);
      const isLast = recent.length >= CRASHES_MAX;
      const next = isLast
        ? `crash ${CRASHES_MAX} within a minute, giving up`
        : `starting it again in ${exit.restartInMs / 1000} s`;
      options.progress.problem(
        `${name} crashed (${describeEnd(exit)}): ${next}. Log: ${logPath}`,
        exit.lastLines.slice(-DETAIL_LINES),
      );
      if (isLast) options.onGiveUp(name);
    },
  };
}

function describeEnd({ code, signal }: ProcessExit): string {
  if (signal !== null) return signal;
  return code === null ? 'could not be run' : `exit code ${code}`;
}
