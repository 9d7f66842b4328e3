/*
 * All commands of `kith`. A command that found something wrong sets the exit code 1; one that could not do its work
 * throws, and `main.ts` says why in one line.
 */
import { Command } from 'commander';
import { registerAccounting } from './commands/accounting.ts';
import { registerAccounts } from './commands/accounts.ts';
import { registerClear } from './commands/clear.ts';
import { registerDeadLetters } from './commands/dead-letters.ts';
import { registerDemo } from './commands/demo.ts';
import { registerDoctor } from './commands/doctor.ts';
import { registerErase } from './commands/erase.ts';
import { registerImportMail } from './commands/import-mail.ts';
import { registerImportRecords } from './commands/import-records.ts';
import { registerKeys } from './commands/keys.ts';
import { registerMigrateLegacy } from './commands/migrate-legacy.ts';
import { registerRebuild } from './commands/rebuild.ts';
import { registerSync } from './commands/sync.ts';
import { registerUp } from './commands/up.ts';
import { registerVerify } from './commands/verify.ts';
import type { Terminal } from './terminal.ts';

/** What commands are given. */
export interface CliContext {
  terminal: Terminal;
  env: NodeJS.ProcessEnv;
  cwd: string;
}

/** The command line, ready to parse. Errors of usage are thrown as CommanderError after they were printed. */
export function createProgram(context: CliContext): Command {
  const program = new Command('kith')
    .description('Every conversation with a contact, on the contact’s record.')
    .option('--debug', 'show the stack of an error')
    .showHelpAfterError('Run "kith --help" to see all commands.')
    .exitOverride();
  const register = [
    registerUp,
    registerDemo,
    registerImportMail,
    registerImportRecords,
    registerMigrateLegacy,
    registerAccounts,
    registerKeys,
    registerSync,
    registerVerify,
    registerRebuild,
    registerAccounting,
    registerDeadLetters,
    registerClear,
    registerErase,
    registerDoctor,
  ];
  for (const add of register) add(program, context);
  for (const command of everyCommand(program)) {
    command.exitOverride().copyInheritedSettings(program);
    if (command !== program && command.commands.length === 0) {
      command.option('--debug', 'show the stack of an error');
    }
  }
  return program;
}

function everyCommand(command: Command): Command[] {
  return [command, ...command.commands.flatMap(everyCommand)];
}
