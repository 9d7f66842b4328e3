import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import type { CliContext } from '../program.ts';
import { up } from '../up/up.ts';

/** The checkout that this program was built in: `apps/cli/dist/commands` lies four folders deep. */
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** `kith up`: runs the whole stack on this machine. */
export function registerUp(program: Command, { terminal }: CliContext): void {
  program
    .command('up')
    .description('run Kith on this machine until Ctrl-C')
    .option('--demo', 'fill the workspace with demo records and mail')
    .action(async (options: { demo?: boolean }) => {
      process.exitCode = await up({ root, demo: options.demo === true, log: terminal.print });
    });
}
