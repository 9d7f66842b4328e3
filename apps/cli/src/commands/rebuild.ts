import type { Command } from 'commander';
import { connect, type ConnectionFlags, findConnection, withConnection } from '../connection.ts';
import type { CliContext } from '../program.ts';

interface RebuildFlags extends ConnectionFlags {
  recordId?: string;
}

/** `kith rebuild`: makes again what lists and search are read from. It changes nothing that is not derived. */
export function registerRebuild(program: Command, context: CliContext): void {
  const command = program
    .command('rebuild')
    .description('make again what lists and search are read from, from participants and messages')
    .option('--record-id <id>', 'of this record only; without it, of the whole workspace');
  withConnection(command).action(async (options: RebuildFlags) => {
    const { terminal } = context;
    const kith = connect(await findConnection(options, context));
    const scope = options.recordId === undefined ? {} : { recordId: options.recordId };
    let total = 0;
    for (let cursor: string | null | undefined; cursor !== null;) {
      const input = { ...scope, ...(cursor === undefined ? {} : { cursor }) };
      const { rows, nextCursor } = await kith.write.workspace.rebuild.mutate(input);
      total += rows;
      cursor = nextCursor;
      if (cursor !== null) terminal.note(terminal.dim(`… ${total.toLocaleString('en')} rows so far`));
    }
    terminal.print(
      terminal.green(`Rebuilt from ${total.toLocaleString('en')} ${total === 1 ? 'row' : 'rows'}.`),
    );
    terminal.print('Whether everything is in step now: kith verify --all');
  });
}
