import type { Record as KithRecord } from '@kith/client';
import type { Terminal } from '../terminal.ts';
import type { RecordReport } from './read-record.ts';
import { troubleLines } from '../trouble-lines.ts';

type Coverage = KithRecord['coverage'][number];

/** Prints what is known of a record and what is behind it. */
export function printRecord(terminal: Terminal, report: RecordReport): void {
  const { record } = report;
  terminal.print(`Record ${record.recordId}: ${record.title ?? 'no title'} (${record.pipeline})`);
  printIdentifiers(terminal, record);
  printParticipants(terminal, record);
  printConversations(terminal, report);
  printCoverage(terminal, record.coverage);
}

function printIdentifiers(terminal: Terminal, { identifiers, unreadable }: KithRecord): void {
  terminal.print('\nKnown by');
  if (identifiers.length === 0) terminal.print('  nothing: no participant can be linked by itself');
  printColumns(
    terminal,
    identifiers.map(({ kind, value, field }) => [kind, value, terminal.dim(`field ${field}`)]),
  );
  for (const { field, reason } of unreadable) terminal.print(terminal.red(`  ${field}: ${reason}`));
}

function printParticipants(terminal: Terminal, { participants }: KithRecord): void {
  terminal.print('\nParticipants');
  if (participants.length === 0) terminal.print('  nobody');
  const rows = participants.map(({ channel, identifier, status, method, confidence, contested }) => {
    const how = method === null ? status : `${status} by ${method}, confidence ${confidence ?? '?'}`;
    return [channel, identifier, terminal.dim(contested ? `${how}, contested` : how)];
  });
  printColumns(terminal, rows);
}

function printConversations(terminal: Terminal, { conversations, messages }: RecordReport): void {
  terminal.print('\nConversations');
  const channels = Object.entries(conversations);
  if (channels.length === 0) terminal.print('  none');
  const messagesOf = new Map(Object.entries(messages));
  const rows = channels.map(([channel, count]) => [
    channel,
    countOf(count, 'conversation'),
    countOf(messagesOf.get(channel) ?? 0, 'message'),
  ]);
  printColumns(terminal, rows);
}

/** What each account was asked of the record's past, and what stands in the way of more. */
function printCoverage(terminal: Terminal, coverage: readonly Coverage[]): void {
  if (coverage.length === 0) return;
  terminal.print('\nCoverage');
  const rows = coverage.map((account) => [account.accountId, account.channel, stateOf(account)]);
  printColumns(terminal, rows, (index) => {
    const account = coverage[index];
    return account === undefined ? [] : troubleLines(account);
  });
}

function stateOf({ state, since, until, missingIdentifiers }: Coverage): string {
  const range =
    until === null ? '' : `, from ${since === null ? 'the beginning' : day(since)} to ${day(until)}`;
  const isPartly = missingIdentifiers.length > 0 && (state === 'partial' || state === 'failed');
  const missing = isPartly ? `, without ${missingIdentifiers.join(', ')}` : '';
  return `${state.replace('_', ' ')}${range}${missing}`;
}

const day = (instant: string): string => instant.slice(0, 10);
const countOf = (count: number, of: string): string => `${count} ${of}${count === 1 ? '' : 's'}`;

/** Rows with their columns below each other, each with the lines that belong to it. */
function printColumns(
  terminal: Terminal,
  rows: readonly (readonly string[])[],
  linesOf: (index: number) => readonly string[] = () => [],
): void {
  const widths = [0, 1].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  for (const [index, [first = '', second = '', ...rest]] of rows.entries()) {
    const columns = [first.padEnd(widths[0] ?? 0), second.padEnd(widths[1] ?? 0), ...rest];
    terminal.print(`  ${columns.join('  ')}`.trimEnd());
    for (const line of linesOf(index)) terminal.print(`      ${line}`);
  }
}
