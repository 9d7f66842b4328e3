/*
 * `kith sync`: fetches history from the providers, of a record or of an account, and shows how far it is. The sync is
 * Kith's and not this command's: whoever stops watching it stops nothing.
 */
import type { KithClient, Sync } from '@kith/client';
import { type Command, InvalidArgumentError } from 'commander';
import { connect, type ConnectionFlags, findConnection, withConnection } from '../connection.ts';
import { CliFailure } from '../failure.ts';
import type { CliContext } from '../program.ts';
import { createProgressBar } from '../progress-bar.ts';
import { followSync } from '../sync/follow-sync.ts';
import { printSync } from '../sync/print-sync.ts';
import { progressOf, progressText, progressTotal } from '../sync/progress.ts';
import { printJson, type Terminal } from '../terminal.ts';

interface SyncOptions extends ConnectionFlags {
  recordId?: string;
  account?: string;
  since?: string;
  syncId?: string;
  wait: boolean;
  json?: boolean;
}

/** Registers `kith sync`. */
export function registerSync(program: Command, context: CliContext): void {
  const command = program
    .command('sync')
    .description('fetch the history of a record, or of an account, from the providers')
    .option('--record-id <id>', 'the record’s id in the CRM: everything that concerns it, on all accounts')
    .option('--account <id>', 'an account: everything that it holds')
    .option('--since <date>', 'with --account: from then on, as 2026-01-31 or in ISO 8601', readDate)
    .option('--sync-id <id>', 'watch a sync that was begun before')
    .option('--no-wait', 'print the id and do not wait for the end')
    .option('--json', 'print JSON');
  withConnection(command).action((options: SyncOptions) => sync(context, options));
}

async function sync(context: CliContext, options: SyncOptions): Promise<void> {
  const { terminal } = context;
  const kith = connect(await findConnection(options, context));
  const syncId = await begin(kith, options);
  if (!options.wait) {
    if (options.json === true) printJson(terminal, { syncId });
    else terminal.print(syncId);
    return;
  }
  const ended = await watch(kith, syncId, terminal);
  if (options.json === true) printJson(terminal, ended);
  else printSync(terminal, ended);
  if (ended.state === 'running') {
    terminal.note(`The sync goes on. Watch it again with "kith sync --sync-id ${syncId}".`);
  }
  const isAsked = ended.parts.some(({ state }) => state !== 'not_possible');
  if (ended.state === 'failed' || !isAsked) process.exitCode = 1;
}

async function begin(kith: KithClient, { recordId, account, since, syncId }: SyncOptions): Promise<string> {
  const given = [recordId, account, syncId].filter((option) => option !== undefined);
  if (given.length !== 1) throw new CliFailure('Give one of --record-id, --account and --sync-id.');
  if (since !== undefined && account === undefined) throw new CliFailure('--since goes with --account.');
  if (syncId !== undefined) return syncId;
  if (recordId !== undefined) return (await kith.write.records.sync.mutate({ recordId })).syncId;
  const accountId = account ?? '';
  const from = since === undefined ? {} : { since };
  return (await kith.write.accounts.sync.mutate({ accountId, ...from })).syncId;
}

async function watch(kith: KithClient, syncId: string, terminal: Terminal): Promise<Sync> {
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once('SIGINT', onInterrupt);
  const bar = createProgressBar(terminal, 'Syncing', progressTotal);
  try {
    return await followSync(kith, syncId, {
      signal: stop.signal,
      onChange: (now) => bar.update(progressOf(now), progressText(now)),
    });
  } finally {
    bar.stop();
    process.off('SIGINT', onInterrupt);
  }
}

function readDate(text: string): string {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError('give a date as 2026-01-31, or in ISO 8601.');
  return new Date(time).toISOString();
}
