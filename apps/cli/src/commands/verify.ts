import type { Command } from 'commander';
import { addsUp } from '../accounting-table.ts';
import { connect, type ConnectionFlags, findConnection, withConnection } from '../connection.ts';
import type { CliContext } from '../program.ts';
import { printJson, printTable, type Terminal } from '../terminal.ts';
import { type RecordReport, verifyRecord } from '../verify-record.ts';

/** `kith verify`: what is behind a record, and whether it is consistent. */
export function registerVerify(program: Command, context: CliContext): void {
  const command = program
    .command('verify')
    .description('show a record with everything behind it and check that it is consistent')
    .requiredOption('--record-id <id>', 'the record’s id in the CRM')
    .option('--json', 'print JSON');
  withConnection(command).action(async (options: ConnectionFlags & { recordId: string; json?: boolean }) => {
    const { terminal } = context;
    const kith = connect(await findConnection(options, context));
    const report = await verifyRecord(kith, options.recordId);
    if (!addsUp(await kith.read.deliveries.accounting.query())) {
      report.violations.push('the accounting of the workspace does not add up; see "kith accounting"');
    }
    if (options.json === true) printJson(terminal, report);
    else printReport(terminal, report);
    if (report.violations.length > 0) process.exitCode = 1;
  });
}

function printReport(
  terminal: Terminal,
  { record, conversations, messages, violations }: RecordReport,
): void {
  terminal.print(`Record ${record.recordId}: ${record.title ?? 'no title'} (${record.pipeline})`);
  for (const { kind, value, field } of record.identifiers) terminal.print(`  ${kind} ${value} (${field})`);
  for (const { field, reason } of record.unreadable) terminal.print(terminal.red(`  ${field}: ${reason}`));
  terminal.print(`Participants: ${record.participants.length}`);
  for (const { identifier, status, method, confidence } of record.participants) {
    const why = method === null ? '' : ` by ${method}, confidence ${confidence ?? '?'}`;
    terminal.print(`  ${identifier}: ${status}${why}`);
  }
  const channels = Object.entries(conversations);
  printTable(
    terminal,
    channels.map(([channel, count]) => ({
      label: `Conversations on ${channel}`,
      value: count,
      detail: `${new Map(Object.entries(messages)).get(channel) ?? 0} messages`,
    })),
  );
  if (channels.length === 0) terminal.print('No conversations.');
  for (const violation of violations) terminal.print(terminal.red(`✗ ${violation}`));
  terminal.print(
    violations.length === 0
      ? terminal.green('✓ Everything checked holds.')
      : 'Run it again: traffic during the check can cause this. If it stays, report it with "kith verify --json".',
  );
}
