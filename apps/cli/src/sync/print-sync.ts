import type { Sync, SyncPart } from '@kith/client';
import type { Terminal } from '../terminal.ts';
import { troubleLines } from '../trouble-lines.ts';

/** Prints what a sync brought, a line for each account, and what to do where one could not be asked. */
export function printSync(terminal: Terminal, sync: Sync): void {
  const idWidth = Math.max(0, ...sync.parts.map(({ accountId }) => accountId.length));
  const channelWidth = Math.max(0, ...sync.parts.map(({ channel }) => channel.length));
  for (const part of sync.parts) {
    const place = `${part.accountId.padEnd(idWidth)}  ${terminal.dim(part.channel.padEnd(channelWidth))}`;
    terminal.print(`${mark(terminal, part)} ${place}  ${outcomeOf(part)}`);
    for (const line of troubleLines(part)) terminal.print(terminal.dim(`    ${line}`));
  }
  if (sync.parts.length === 0) {
    terminal.print('No account is connected that could be asked: see "kith accounts".');
  }
}

function mark(terminal: Terminal, { state }: SyncPart): string {
  switch (state) {
    case 'completed':
      return terminal.green('✓');
    case 'failed':
      return terminal.red('✗');
    case 'not_possible':
      return terminal.dim('–');
    case 'running':
    case 'waiting':
      return '…';
  }
}

function outcomeOf(part: SyncPart): string {
  const { state, retryAt } = part;
  switch (state) {
    case 'completed':
      return broughtBy(part);
    case 'failed':
      return `failed; until then ${broughtBy(part)}`;
    case 'not_possible':
      return 'cannot be asked';
    case 'running':
      return `still running: ${broughtBy(part)}`;
    case 'waiting':
      return `waits until ${retryAt ?? 'it can go on'}: ${broughtBy(part)}`;
  }
}

function broughtBy({
  fetched,
  stored,
  duplicate,
  ignored,
  deadLettered,
  oldestAt,
  newestAt,
}: SyncPart): string {
  if (fetched === 0 && stored + duplicate === 0) return 'no messages';
  const counts = [
    `${fetched} messages`,
    `${stored} items new`,
    `${duplicate} known`,
    ...(ignored === 0 ? [] : [`${ignored} ignored`]),
    ...(deadLettered === 0 ? [] : [`${deadLettered} dead letters`]),
  ].join(', ');
  if (oldestAt === null || newestAt === null) return counts;
  return `${counts}, from ${oldestAt.slice(0, 10)} to ${newestAt.slice(0, 10)}`;
}
