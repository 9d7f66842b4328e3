import type { Command } from 'commander';
import { accountingRows, addsUp } from '../accounting-table.ts';
import { connect, type ConnectionFlags, findConnection, withConnection } from '../connection.ts';
import type { CliContext } from '../program.ts';
import { printJson, printTable } from '../terminal.ts';

/** `kith accounting`: how every accepted item ended. */
export function registerAccounting(program: Command, context: CliContext): void {
  const command = program
    .command('accounting')
    .description('how everything that was accepted ended, and whether it adds up')
    .option('--json', 'print JSON');
  withConnection(command).action(async (options: ConnectionFlags & { json?: boolean }) => {
    const { terminal } = context;
    const kith = connect(await findConnection(options, context));
    const accounting = await kith.read.deliveries.accounting.query();
    const isComplete = addsUp(accounting);
    if (options.json === true) {
      printJson(terminal, { ...accounting, addsUp: isComplete });
    } else {
      printTable(terminal, accountingRows(accounting));
      terminal.print(
        isComplete
          ? terminal.green('It adds up: every accepted item is accounted for.')
          : terminal.red('It does not add up: keep the data as it is and look at the resolver’s log.'),
      );
    }
    if (!isComplete) process.exitCode = 1;
  });
}
