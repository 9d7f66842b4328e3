/*
 * The report and the verification, as people read them and as programs do.
 */
import type { TableRow, Terminal } from '../terminal.ts';
import { printTable } from '../terminal.ts';
import type { AppliedLinks } from './apply-links.ts';
import { type Finding, findingKinds } from './findings.ts';
import type { Report } from './report.ts';
import type { RolledBack } from './rollback.ts';
import type { RunSummary } from './run.ts';
import type { Check, Verification } from './verify.ts';

/** The report as a person reads it. */
export function printReport(terminal: Terminal, { survey, findings, linkCounts }: Report): void {
  terminal.print('The old system');
  const ofTypes = (rows: readonly { type: string; count: number }[]): TableRow[] =>
    rows.map(({ type, count }) => ({ label: type || '(without a channel)', value: count, indent: true }));
  printTable(terminal, [
    { label: 'Records', value: survey.records },
    { label: 'Participants', value: survey.participants },
    { label: 'Conversations', value: survey.conversations },
    ...ofTypes(survey.conversationsByType),
    { label: 'Messages', value: survey.messages },
    ...ofTypes(survey.messagesByType),
    ...(survey.later === 0 ? [] : [{ label: 'too late for this run', value: survey.later, indent: true }]),
    { label: 'Record–conversation links', value: survey.links },
  ]);
  terminal.print('');
  printLinkCounts(terminal, linkCounts);
  terminal.print('');
  printFindings(terminal, findings);
}

function printLinkCounts(terminal: Terminal, linkCounts: Report['linkCounts']): void {
  terminal.print('Links of participants');
  printTable(terminal, [
    { label: 'a person’s: become decisions', value: linkCounts.decided },
    { label: 'a rule’s: follow by themselves', value: linkCounts.byRule },
    { label: 'taken from a conversation’s link', value: linkCounts.adopted },
    { label: 'dropped', value: linkCounts.dropped },
  ]);
}

function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  if (findings.length === 0) {
    terminal.print(terminal.green('Everything is in order.'));
    return;
  }
  terminal.print('What is not in order');
  for (const { code, count, examples } of findings) {
    const { says, proposal, resolution } = findingKinds[code];
    const isLost = resolution === 'dropped' || resolution === 'broken';
    terminal.print(`${String(count).padStart(8)}  ${says}`);
    terminal.print(`${' '.repeat(10)}→ ${isLost ? terminal.red(proposal) : proposal}`);
    const more = count > examples.length ? ', …' : '';
    terminal.print(`${' '.repeat(10)}${terminal.dim(examples.join('; ') + more)}`);
  }
}

/** The report for programs. */
export function reportJson({ survey, findings, linkCounts, recordIds }: Report): object {
  const { writers, ...counts } = survey;
  return {
    counts: { ...counts, writers: writers.size, recordsInKith: recordIds?.size ?? null },
    links: linkCounts,
    findings: findings.map((finding) => ({ ...finding, ...findingKinds[finding.code] })),
  };
}

/** What became of the planned links. */
function linkRows({ decided, byRule, missing, left }: AppliedLinks): TableRow[] {
  return [
    { label: 'Links by method legacy', value: decided },
    { label: 'Links by a rule of Kith', value: byRule },
    ...(missing === 0 ? [] : [{ label: 'Still to be made', value: missing }]),
    ...Object.entries(left)
      .filter(([, { count }]) => count > 0)
      .map(([reason, { count, examples }]) => ({
        label: `Left: ${reason}`,
        value: count,
        detail: `record: participant ${examples.join(', ')}`,
      })),
  ];
}

/** The verification as a person reads it. */
export function printVerification(
  terminal: Terminal,
  { checks, links, addsUp }: Verification,
  { linkCounts }: Report,
): void {
  const width = Math.max(...checks.map(({ says }) => says.length));
  for (const check of checks) terminal.print(checkLine(terminal, check, width));
  terminal.print('');
  printLinkCounts(terminal, linkCounts);
  terminal.print('');
  printTable(terminal, linkRows(links));
  terminal.print('');
  terminal.print(
    addsUp
      ? terminal.green('It adds up: everything of the old system is in Kith, or named above.')
      : terminal.red('It does not add up: run the migration again, and see "kith doctor" if it stays so.'),
  );
}

function checkLine({ green, red, dim }: Terminal, { says, isOk, detail }: Check, width: number): string {
  return `${isOk ? green('✓') : red('✗')} ${says.padEnd(width)}  ${dim(detail)}`;
}

/** What a run did besides its messages. */
export function printRun(terminal: Terminal, { recordsCreated, links }: RunSummary): void {
  terminal.print('');
  terminal.print('This run');
  printTable(terminal, [{ label: 'Records created', value: recordsCreated }, ...linkRows(links)]);
  terminal.print('');
}

/** What was taken back, or would be. */
export function printRolledBack(
  terminal: Terminal,
  { decisions, kept, records, cleared }: RolledBack,
  { dryRun }: { dryRun: boolean },
): void {
  terminal.print(dryRun ? 'Would be taken back' : 'Taken back');
  printTable(terminal, [
    { label: 'decisions', value: decisions },
    { label: 'decisions left, because a person decided since', value: kept },
    { label: 'records', value: records },
    ...Object.entries(cleared).flatMap(([label, value]) => (value > 0 ? [{ label, value }] : [])),
  ]);
}
