import type { KithClient } from '@kith/client';
import { Channel } from '@kith/contracts';
import type { Command } from 'commander';
import { connect, type ConnectionFlags, findConnection, withConnection } from '../connection.ts';
import { CliFailure } from '../failure.ts';
import type { CliContext } from '../program.ts';
import { removeUntilDone, type RemoveFlags, showRemoved } from '../remove-until-done.ts';

interface ClearOptions extends ConnectionFlags, RemoveFlags {
  all?: boolean;
  channel?: string;
  account?: string;
  recordId?: string;
  withRecords?: boolean;
  withAccounts?: boolean;
  withDecisions?: boolean;
}

/** `kith clear`: removes what came in; without `--confirm` it shows what would go. */
export function registerClear(program: Command, context: CliContext): void {
  const command = program
    .command('clear')
    .description('remove what came in; without --confirm, show what would go')
    .option('--all', 'everything')
    .option('--channel <channel>', 'what belongs to email, whatsapp or linkedin')
    .option('--account <accountId>', 'what only this account brought')
    .option('--record-id <id>', 'the conversations of a record')
    .option('--with-records', 'with --all: records and pipelines too')
    .option('--with-accounts', 'with --all: accounts too')
    .option('--with-decisions', 'with --all: what people decided too')
    .option('--confirm', 'do it')
    .option('--dry-run', 'only show what would go')
    .option('--json', 'print JSON');
  withConnection(command).action(async (options: ClearOptions) => {
    const input = inputOf(options);
    const kith = connect(await findConnection(options, context));
    const isDryRun = options.confirm !== true || options.dryRun === true;
    const removed = await removeUntilDone(context.terminal, () => clearOnce(kith, input, isDryRun));
    showRemoved(context.terminal, { command: 'clear', removed, isDryRun, json: options.json === true });
  });
}

type ClearInput = Omit<
  Parameters<KithClient['write']['workspace']['clear']['mutate']>[0],
  'confirm' | 'dryRun'
>;

async function clearOnce(kith: KithClient, input: ClearInput, dryRun: boolean) {
  const { cleared, done } = await kith.write.workspace.clear.mutate({ confirm: true, dryRun, ...input });
  return { removed: cleared, done };
}

function inputOf(options: ClearOptions): ClearInput {
  const scopes = [options.all, options.channel, options.account, options.recordId];
  if (scopes.filter((scope) => scope !== undefined).length !== 1) {
    throw new CliFailure('Say what to clear: one of --all, --channel, --account and --record-id.');
  }
  return {
    ...(options.channel === undefined ? {} : { channel: channelOf(options.channel) }),
    ...(options.account === undefined ? {} : { accountId: options.account }),
    ...(options.recordId === undefined ? {} : { recordId: options.recordId }),
    ...(options.withRecords === true ? { records: true } : {}),
    ...(options.withAccounts === true ? { accounts: true } : {}),
    ...(options.withDecisions === true ? { decisions: true } : {}),
  };
}

function channelOf(text: string): Channel {
  const channel = Channel.safeParse(text);
  if (channel.success) return channel.data;
  throw new CliFailure(`--channel: "${text}" is not one of ${Channel.options.join(', ')}.`);
}
