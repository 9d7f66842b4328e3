import type { KithClient } from '@kith/client';
import type { Command } from 'commander';
import { connect, type ConnectionFlags, findConnection, withConnection } from '../connection.ts';
import { CliFailure } from '../failure.ts';
import type { CliContext } from '../program.ts';
import { removeUntilDone, type RemoveFlags, showRemoved } from '../remove-until-done.ts';

interface EraseOptions extends ConnectionFlags, RemoveFlags {
  participant?: string;
  recordId?: string;
  email?: string;
  phone?: string;
}

/** `kith erase`: removes a person for good; without `--confirm` it shows what would go. */
export function registerErase(program: Command, context: CliContext): void {
  const command = program
    .command('erase')
    .description('erase a person for good; without --confirm, show what would go')
    .option('--participant <id>', 'somebody on one channel')
    .option('--record-id <id>', 'everybody who is linked to a record, and whatever identifies it')
    .option('--email <address>', 'whoever has this address')
    .option('--phone <number>', 'whoever has this number, with its country code')
    .option('--confirm', 'do it')
    .option('--dry-run', 'only show what would go')
    .option('--json', 'print JSON');
  withConnection(command).action(async (options: EraseOptions) => {
    const input = inputOf(options);
    const kith = connect(await findConnection(options, context));
    const isDryRun = options.confirm !== true || options.dryRun === true;
    const removed = await removeUntilDone(context.terminal, async () => {
      const { erased, done } = await kith.write.people.erase.mutate({
        confirm: true,
        dryRun: isDryRun,
        ...input,
      });
      return { removed: erased, done };
    });
    showRemoved(context.terminal, { command: 'erase', removed, isDryRun, json: options.json === true });
  });
}

type EraseInput = Omit<Parameters<KithClient['write']['people']['erase']['mutate']>[0], 'confirm' | 'dryRun'>;

function inputOf({ participant, recordId, email, phone }: EraseOptions): EraseInput {
  const inputs: EraseInput[] = [
    ...(participant === undefined ? [] : [{ participantId: participant }]),
    ...(recordId === undefined ? [] : [{ recordId }]),
    ...(email === undefined ? [] : [{ identifier: { kind: 'email' as const, value: email } }]),
    ...(phone === undefined ? [] : [{ identifier: { kind: 'phone' as const, value: phone } }]),
  ];
  const [input, other] = inputs;
  if (input !== undefined && other === undefined) return input;
  throw new CliFailure('Say whom to erase: one of --participant, --record-id, --email and --phone.');
}
