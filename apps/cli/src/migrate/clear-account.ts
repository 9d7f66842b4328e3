/*
 * Takes away what only one account brought, by Kith's own `workspace.clear`.
 */
import type { KithClient } from '@kith/client';
import { CliFailure } from '../failure.ts';

/** What is cleared, by table; a call that ends before all is gone says so. */
interface Cleared {
  cleared: Record<string, number>;
  done?: boolean;
}

interface ClearInput {
  confirm: true;
  accountId: string;
  dryRun?: boolean;
}

interface ClearApi {
  workspace: { clear: { mutate(input: ClearInput): Promise<Cleared> } };
}

/** Clears what only this account brought; with `dryRun` only says how much that is. Counts by table. */
export async function clearAccount(
  kith: KithClient,
  accountId: string,
  options: { dryRun: boolean },
): Promise<Record<string, number>> {
  const api = kith.write as unknown as ClearApi;
  const total: Record<string, number> = {};
  for (let done = false; !done;) {
    const answer = await api.workspace.clear
      .mutate({ confirm: true, accountId, ...(options.dryRun ? { dryRun: true } : {}) })
      .catch(explain);
    for (const [table, count] of Object.entries(answer.cleared)) total[table] = (total[table] ?? 0) + count;
    done = options.dryRun || answer.done !== false;
  }
  return total;
}

function explain(err: unknown): never {
  if (!(err instanceof Error) || !/no procedure found/i.test(err.message)) throw err;
  throw new CliFailure('This Kith cannot clear an account yet: nothing was rolled back.', { cause: err });
}
