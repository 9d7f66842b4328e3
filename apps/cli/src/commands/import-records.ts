import { extname } from 'node:path';
import type { Command } from 'commander';
import { connect, type ConnectionFlags, findConnection, withConnection } from '../connection.ts';
import { CliFailure } from '../failure.ts';
import type { CliContext } from '../program.ts';
import { openCsv } from '../records/read-csv.ts';
import { openJson } from '../records/read-json.ts';
import { type RecordsSummary, upsertRows } from '../records/upsert-rows.ts';
import { printJson, printTable } from '../terminal.ts';

interface ImportOptions extends ConnectionFlags {
  pipeline: string;
  idColumn?: string;
  titleColumn?: string;
  country?: string;
  json?: boolean;
}

/** `kith records import`: the records of a CRM from a file. */
export function registerImportRecords(program: Command, context: CliContext): void {
  const command = program
    .command('records')
    .description('records of the CRM')
    .command('import <file>')
    .description('import records from a .csv or .json file; its columns are added to the pipeline’s fields')
    .option('--pipeline <name>', 'the pipeline the records belong to', 'contacts')
    .option('--id-column <column>', 'the column with the record’s id (default: id)')
    .option(
      '--title-column <column>',
      'the column with the title (default: title, name, or first and last name)',
    )
    .option('--country <code>', 'country of phone numbers that have no prefix, such as FR')
    .option('--json', 'print JSON');
  withConnection(command).action((file: string, options: ImportOptions) =>
    importRecords(context, file, options),
  );
}

async function importRecords(context: CliContext, file: string, options: ImportOptions): Promise<void> {
  const { pipeline } = options;
  const source = await openSource(file, options);
  const kith = connect(await findConnection(options, context));
  await kith.write.pipelines.upsert.mutate({
    pipeline,
    fields: source.fields,
    // What the file does not tell of must not cost other records their identifiers.
    keepOthers: true,
    ...(options.country === undefined ? {} : { defaultCountry: options.country.toUpperCase() }),
  });
  const summary = await upsertRows(source.rows, (records) =>
    kith.write.records.upsertMany.mutate({ pipeline, records }),
  );
  if (options.json === true) printJson(context.terminal, summary);
  else printSummary(context, summary, source.fields);
  if (summary.bad.length > 0) process.exitCode = 1;
}

function openSource(file: string, options: ImportOptions) {
  switch (extname(file).toLowerCase()) {
    case '.csv':
    case '.tsv':
      return openCsv(file, options);
    case '.json':
      return openJson(file, options);
    default:
      throw new CliFailure(`${file}: give a .csv or a .json file.`);
  }
}

function printSummary(
  { terminal }: CliContext,
  summary: RecordsSummary,
  fields: { key: string; type: string }[],
): void {
  for (const { where, reason } of summary.bad) terminal.note(`${where}: ${reason}`);
  const identifying = fields.filter(({ type }) => type !== 'text' && type !== 'url');
  terminal.print(
    `Identified by: ${identifying.map(({ key, type }) => `${key} (${type})`).join(', ') || 'nothing; name columns email, phone or linkedin'}`,
  );
  printTable(terminal, [
    { label: 'Rows', value: summary.rows },
    { label: 'Upserted', value: summary.upserted },
    { label: 'Not imported', value: summary.bad.length },
    { label: 'Participants linked', value: summary.linked },
  ]);
}
