#!/usr/bin/env node
import { CommanderError } from 'commander';
import { describeFailure } from './failure.ts';
import { createProgram } from './program.ts';
import { createTerminal } from './terminal.ts';

const terminal = createTerminal(process.env);
const program = createProgram({ terminal, env: process.env, cwd: process.cwd() });

// A reader that has seen enough, as in `kith verify … | head`, is no failure.
process.stdout.on('error', (err: NodeJS.ErrnoException) => process.exit(err.code === 'EPIPE' ? 0 : 1));

try {
  await program.parseAsync(process.argv);
} catch (err) {
  if (err instanceof CommanderError) {
    process.exitCode = err.exitCode;
  } else {
    terminal.note(`kith: ${describeFailure(err)}`);
    if (process.argv.includes('--debug')) terminal.note(String(err instanceof Error ? err.stack : err));
    process.exitCode = 1;
  }
}
