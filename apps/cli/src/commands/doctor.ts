import type { Command } from 'commander';
import { type ConnectionFlags, findConnection, withConnection } from '../connection.ts';
import { examine } from '../doctor/checks.ts';
import type { CliContext } from '../program.ts';
import { printJson } from '../terminal.ts';

/** `kith doctor`: whether everything works, and what to do where it does not. */
export function registerDoctor(program: Command, context: CliContext): void {
  const command = program
    .command('doctor')
    .description('check that everything works')
    .option('--json', 'print JSON');
  withConnection(command).action(async (options: ConnectionFlags & { json?: boolean }) => {
    const { terminal } = context;
    const findings = await examine(await findConnection(options, context), process.version);
    if (options.json === true) printJson(terminal, findings);
    for (const { name, ok, detail, remedy } of options.json === true ? [] : findings) {
      const mark = ok ? terminal.green('✓') : terminal.red('✗');
      terminal.print(`${mark} ${name}: ${detail}${ok || remedy === undefined ? '' : ` → ${remedy}`}`);
    }
    if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
  });
}
