/*
 * What `kith migrate legacy` does, by its options: print the mapping, roll back, or report and then stop, verify, or
 * migrate and verify. A report that found something to look at, and a verification that does not add up, exit with 1.
 */
import { join } from 'node:path';
import type { KithClient } from '@kith/client';
import type { MigrateOptions } from '../commands/migrate-legacy.ts';
import { connect, type Connection, findConnection } from '../connection.ts';
import { CliFailure } from '../failure.ts';
import type { CliContext } from '../program.ts';
import { createProgressBar } from '../progress-bar.ts';
import { printJson } from '../terminal.ts';
import { needsAttention } from './findings.ts';
import { openJournal } from './journal.ts';
import { openKithTarget, workspaceOf } from './kith-target.ts';
import { type Mapping, readMapping } from './mapping.ts';
import { type OldSystem, openOldSystem } from './old-system.ts';
import { mappingLines } from './print-mapping.ts';
import { printRolledBack, printRun, printReport, printVerification, reportJson } from './print-report.ts';
import { isEmpty, type Report, readReport } from './report.ts';
import { rollBack } from './rollback.ts';
import { rulesOf, runMigration, type RunSummary } from './run.ts';
import { type Verification, verifyMigration } from './verify.ts';

/** Does what the options say. */
export async function migrateLegacy(context: CliContext, options: MigrateOptions): Promise<void> {
  if (options.printMapping === true) {
    for (const line of mappingLines()) context.terminal.print(line);
    return;
  }
  const mapping = await readMapping(options.mapping);
  const connection = await findConnection(options, context);
  if (options.rollback === true) return takeBack(context, options, { mapping, connection });
  if (options.from === undefined) throw new CliFailure('Give the old database: --from postgres://…');
  await using old = await openOldSystem(options.from, mapping);
  const report = await reportOn(context, options, { old, connection });
  if (options.dryRun === true) endWithReport(context, options, report);
  else await migrate(context, options, { old, report, connection });
}

async function reportOn(
  { terminal }: CliContext,
  options: MigrateOptions,
  { old, connection }: { old: OldSystem; connection: Connection },
): Promise<Report> {
  const kith = knownKith(connection);
  if (kith === null) terminal.note('No Kith is known here: what it has is left out of the report.');
  const createsRecords = options.records === true;
  const report = await readReport(old, kith, { before: options.before ?? null, createsRecords });
  if (isEmpty(report)) {
    throw new CliFailure(
      'The old tables hold no messages and no participants: is --from the right database, and schema in the mapping?',
    );
  }
  if (options.json !== true && options.verify !== true) printReport(terminal, report);
  return report;
}

/** A report can be made before there is a Kith. */
function knownKith(connection: Connection): KithClient | null {
  return connection.queryUrl === undefined ? null : connect(connection);
}

function endWithReport({ terminal }: CliContext, options: MigrateOptions, report: Report): void {
  if (options.json === true) printJson(terminal, reportJson(report));
  if (needsAttention(report.findings)) process.exitCode = 1;
}

/** A migration, or what is left of it. */
interface Work {
  old: OldSystem;
  report: Report;
  connection: Connection;
}

async function migrate(context: CliContext, options: MigrateOptions, work: Work): Promise<void> {
  const { terminal } = context;
  const { report } = work;
  const run = options.verify === true ? null : await runWithBars(context, options, work);
  const verification = await verifyWithBar(context, options, work);
  if (options.json === true) printJson(terminal, { report: reportJson(report), run, verification });
  else {
    if (run !== null) printRun(terminal, run);
    printVerification(terminal, verification, report);
  }
  if (!verification.addsUp) process.exitCode = 1;
}

async function runWithBars(context: CliContext, options: MigrateOptions, work: Work): Promise<RunSummary> {
  const { terminal, env } = context;
  const { old, report, connection } = work;
  const createsRecords = options.records === true;
  await using target = await openKithTarget(connection, env);
  const journal = openJournal(journalPath(context, options, connection));
  if (createsRecords) terminal.note(`Records that are created are noted in ${journal.path}.`);
  const [records, messages] = [createsRecords ? report.survey.records : 0, messagesOf(report)];
  const recordBar = createProgressBar(terminal, 'Records', records);
  const messageBar = createProgressBar(terminal, 'Migrating', messages);
  const summary = await runMigration(
    { old, target, journal, report },
    {
      createsRecords,
      before: options.before ?? null,
      onRecords: (done) => recordBar.update(done, `${done} of ${records} records`),
      onMessages: (done) => messageBar.update(done, `${done} of ${messages} messages`),
    },
  );
  recordBar.stop();
  messageBar.stop();
  return summary;
}

async function verifyWithBar(
  context: CliContext,
  options: MigrateOptions,
  { old, report, connection }: Work,
): Promise<Verification> {
  const messages = messagesOf(report);
  const bar = createProgressBar(context.terminal, 'Verifying', messages);
  const walk = {
    old,
    kith: connect(connection),
    workspace: workspaceOf(connection, context.env),
    rules: rulesOf(old, report),
    before: options.before ?? null,
    onProgress: (done: number) => bar.update(done, `${done} of ${messages} messages`),
  };
  const verification = await verifyMigration(walk, report, { sample: options.sample, random: Math.random });
  bar.stop();
  return verification;
}

const messagesOf = ({ survey }: Report): number => survey.messages - survey.later;

async function takeBack(
  context: CliContext,
  options: MigrateOptions,
  { mapping, connection }: { mapping: Mapping; connection: Connection },
): Promise<void> {
  const journal = openJournal(journalPath(context, options, connection));
  const dryRun = options.dryRun === true;
  const back = await rollBack(connect(connection), { mapping, journal, dryRun });
  if (options.json === true) printJson(context.terminal, back);
  else printRolledBack(context.terminal, back, { dryRun });
}

/** Beside the data of a local stack, whose end is its end; else where the command is run. */
function journalPath({ cwd }: CliContext, { journal }: MigrateOptions, { local }: Connection): string {
  return journal ?? join(local?.folder ?? cwd, 'migrate-legacy.jsonl');
}
