/*
 * Runs the checks of a record or of a whole workspace to their end, and adds up what the answers say of each: a check
 * with much to look at is in several of them.
 */
import type { KithClient, ReadOutputs } from '@kith/client';
import { createProgressBar } from '../progress-bar.ts';
import type { Terminal } from '../terminal.ts';

export type VerifiedCheck = ReadOutputs['workspace']['verify']['checks'][number];

/** As many ids of what breaks a check are kept. */
const violationsMax = 20;
const steps = 1_000;

/** Runs every check; without a record those of the whole workspace. */
export async function runChecks(
  kith: KithClient,
  terminal: Terminal,
  recordId: string | undefined,
): Promise<VerifiedCheck[]> {
  const checks = new Map<string, VerifiedCheck>();
  const bar = createProgressBar(terminal, recordId === undefined ? 'Workspace' : 'Checks', steps);
  try {
    for (let cursor: string | null | undefined; cursor !== null;) {
      const input = { ...(recordId === undefined ? {} : { recordId }), ...(cursor ? { cursor } : {}) };
      const answer = await kith.read.workspace.verify.query(input);
      for (const check of answer.checks) checks.set(check.name, addUp(checks.get(check.name), check));
      cursor = answer.nextCursor;
      bar.update(Math.floor(answer.progress * steps), answer.checks.at(-1)?.of ?? '');
    }
  } finally {
    bar.stop();
  }
  return [...checks.values()];
}

/** One check from two answers. */
export function addUp(known: VerifiedCheck | undefined, more: VerifiedCheck): VerifiedCheck {
  if (known === undefined) return more;
  return {
    ...more,
    ok: known.ok && more.ok,
    count: known.count + more.count,
    violations: [...known.violations, ...more.violations].slice(0, violationsMax),
  };
}
