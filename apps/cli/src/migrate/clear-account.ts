import type { KithClient } from '@kith/client';

/** Clears what only this account brought; with `dryRun` only says how much that is. Counts by table. */
export async function clearAccount(
  kith: KithClient,
  accountId: string,
  { dryRun }: { dryRun: boolean },
): Promise<Record<string, number>> {
  const total: Record<string, number> = {};
  for (;;) {
    const { cleared, done } = await kith.write.workspace.clear.mutate({ confirm: true, accountId, dryRun });
    for (const [table, count] of Object.entries(cleared)) total[table] = (total[table] ?? 0) + count;
    if (done || dryRun) return total;
  }
}
