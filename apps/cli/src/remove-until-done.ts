/*
 * What `clear` and `erase` share: the service works for some seconds a call and says whether there is more, so it is
 * called until there is not. Each call is complete by itself; stopping in between loses nothing.
 */
import { addRemoved, removedRows } from './removed-table.ts';
import { printJson, printTable, type Terminal } from './terminal.ts';

/** The flags that both have. */
export interface RemoveFlags {
  confirm?: boolean;
  dryRun?: boolean;
  json?: boolean;
}

/** Rows by table. */
export type Removed = Record<string, number>;

/** Calls until it is done, and answers what went in all. */
export async function removeUntilDone(
  terminal: Terminal,
  call: () => Promise<{ removed: Removed; done: boolean }>,
): Promise<Removed> {
  for (let total: Removed = {}; ;) {
    const { removed, done } = await call();
    total = addRemoved(total, removed);
    if (done) return total;
    terminal.note(terminal.dim(`… ${(total['message'] ?? 0).toLocaleString('en')} messages so far`));
  }
}

/** Shows what went, or would go, and how to go on. */
export function showRemoved(
  terminal: Terminal,
  shown: { command: 'clear' | 'erase'; removed: Removed; isDryRun: boolean; json: boolean },
): void {
  const { command, removed, isDryRun } = shown;
  if (shown.json) {
    printJson(terminal, { dryRun: isDryRun, removed });
    return;
  }
  const rows = removedRows(removed);
  printTable(terminal, rows);
  if (rows.length === 0) terminal.print(isDryRun ? 'Nothing would go.' : 'There was nothing to remove.');
  if (isDryRun) terminal.note(`Nothing was changed: add --confirm to ${command} this.`);
  else
    terminal.print(terminal.green(command === 'clear' ? 'Cleared.' : 'Erased: nothing of them comes back.'));
}
