import { setTimeout as delay } from 'node:timers/promises';

/** How a dependency is: fine, or the reason it is not. */
export interface DependencyState {
  ok: boolean;
  detail?: string;
}

/** Asks a dependency whether it works; resolves when it does, throws with the reason otherwise. */
export type DependencyCheck = () => Promise<void> | void;

/** What `/readyz` tells: ready only when every dependency is. */
export interface Health {
  addDependency(name: string, check: DependencyCheck): void;
  report(): Promise<{ ready: boolean; dependencies: Record<string, DependencyState> }>;
}

const checkDeadlineMs = 2_000;

/** A health report over checks that are added while the service opens its resources. */
export function createHealth(): Health {
  const checks = new Map<string, DependencyCheck>();
  return {
    addDependency: (name, check) => void checks.set(name, check),
    report: async () => {
      const entries = await Promise.all(
        [...checks].map(async ([name, check]) => [name, await ask(check)] as const),
      );
      return {
        ready: entries.every(([, state]) => state.ok),
        dependencies: Object.fromEntries(entries),
      };
    },
  };
}

async function ask(check: DependencyCheck): Promise<DependencyState> {
  const deadline = new AbortController();
  try {
    await Promise.race([
      Promise.resolve().then(check),
      delay(checkDeadlineMs, undefined, { signal: deadline.signal }).then(() => {
        throw new Error(`no answer within ${checkDeadlineMs} ms`);
      }),
    ]);
    return { ok: true };
  } catch (err) {
    return { ok: false, detail: err instanceof Error ? err.message : String(err) };
  } finally {
    deadline.abort();
  }
}
