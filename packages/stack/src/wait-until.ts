/** Waiting for a condition with a deadline, which is the only way this package waits. */

import { setTimeout as delay } from 'node:timers/promises';

/** Polls `condition` until it holds; answers false when `timeoutMs` pass first. A throwing condition counts as false. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  options: { timeoutMs: number; everyMs?: number },
): Promise<boolean> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    if (await holds(condition)) return true;
    if (performance.now() >= deadline) return false;
    await delay(options.everyMs ?? 25);
  }
}

async function holds(condition: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await condition();
  } catch {
    return false;
  }
}
