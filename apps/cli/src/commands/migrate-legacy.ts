/*
 * `kith migrate legacy`: the way out of a record–conversation link table. It reports, migrates, verifies and rolls
 * back; the old database is only read.
 */
import { type Command, InvalidArgumentError } from 'commander';
import { type ConnectionFlags, withConnection } from '../connection.ts';
import type { CliContext } from '../program.ts';

/** What the command is given. */
export interface MigrateOptions extends ConnectionFlags {
  from?: string;
  mapping?: string;
  printMapping?: boolean;
  dryRun?: boolean;
  verify?: boolean;
  rollback?: boolean;
  records?: boolean;
  before?: string;
  sample: number;
  journal?: string;
  json?: boolean;
}

/** Registers `kith migrate legacy`. */
export function registerMigrateLegacy(program: Command, context: CliContext): void {
  const command = program
    .command('migrate')
    .description('come from another system')
    .command('legacy')
    .description('migrate from a CRM with a record–conversation link table; reports, migrates and verifies')
    .option('--from <url>', 'the old database, which is only read: postgres://user:password@host:5432/name')
    .option('--mapping <file>', 'where the old system keeps what; only what differs from the default')
    .option('--print-mapping', 'print the default mapping, every line explained')
    .option('--dry-run', 'only report what is there, what is not in order, and what would become of it')
    .option('--records', 'create the records that Kith does not have')
    .option('--before <time>', 'leave out messages that were written at or after this time', readTime)
    .option('--verify', 'only verify what was migrated')
    .option('--sample <count>', 'how many random messages are compared one by one', readCount, 200)
    .option('--rollback', 'take everything back that a migration brought; with --dry-run only say how much')
    .option(
      '--journal <file>',
      'where a migration notes the records it creates (default: in .kith, else here)',
    )
    .option('--json', 'print JSON');
  withConnection(command).action(async (options: MigrateOptions) => {
    // Loaded when it is needed: what it needs besides would make every other command start later.
    const { migrateLegacy } = await import('../migrate/migrate-legacy.ts');
    await migrateLegacy(context, options);
  });
}

function readTime(text: string): string {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new InvalidArgumentError('Give a time such as 2026-11-24T09:00:00Z.');
  return new Date(ms).toISOString();
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0 || count > 10_000) {
    throw new InvalidArgumentError('Give a number from 0 to 10000.');
  }
  return count;
}
