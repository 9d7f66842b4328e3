import { type Command, Option } from 'commander';
import { connect, type ConnectionFlags, findConnection, withConnection } from '../connection.ts';
import type { CliContext } from '../program.ts';
import { printJson } from '../terminal.ts';
import { printChecks, printPages, printVerdict } from '../verify/print-checks.ts';
import { printRecord } from '../verify/print-record.ts';
import { readRecord } from '../verify/read-record.ts';
import { runChecks } from '../verify/run-checks.ts';

interface VerifyFlags extends ConnectionFlags {
  recordId?: string;
  all?: true;
  json?: true;
}

/** `kith verify`: what is behind a record, and whether it, or the whole workspace, is consistent. */
export function registerVerify(program: Command, context: CliContext): void {
  const command = program
    .command('verify')
    .description('check that a record with everything behind it, or the whole workspace, is consistent')
    .option('--record-id <id>', 'the record’s id in the CRM')
    .addOption(new Option('--all', 'the whole workspace').conflicts('recordId'))
    .option('--json', 'print JSON');
  withConnection(command).action(async (options: VerifyFlags) => {
    if (options.recordId === undefined && options.all !== true) {
      command.error('error: give --record-id <id>, or --all for the whole workspace');
    }
    await verify(options, context);
  });
}

async function verify({ recordId, json, ...flags }: VerifyFlags, context: CliContext): Promise<void> {
  const { terminal } = context;
  const kith = connect(await findConnection(flags, context));
  const report = recordId === undefined ? null : await readRecord(kith, recordId);
  const checks = await runChecks(kith, terminal, recordId);
  const pages = report?.violations ?? [];
  const isWhole = pages.length === 0 && checks.every(({ ok }) => ok);
  if (json === true) {
    printJson(terminal, { ok: isWhole, ...report, checks });
  } else {
    if (report === null) {
      terminal.print('The whole workspace');
    } else {
      printRecord(terminal, report);
      printPages(terminal, pages);
    }
    printChecks(terminal, checks);
    printVerdict(terminal, checks, isWhole);
  }
  if (!isWhole) process.exitCode = 1;
}
