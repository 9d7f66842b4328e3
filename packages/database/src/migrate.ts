/*
 * Brings a database to the schema of this version.
 *
 * The files in `migrations/` are applied in order under a lock, so that several processes may start at once. The
 * migrator alone compares only the newest file's time and would skip an older one in silence; so the number applied
 * is checked against the number of files, and a database that is newer than this program is refused.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';

const migrationsFolder = fileURLToPath(new URL('../migrations', import.meta.url));
/** Any number, the same in every process: "kith" in ASCII. */
const migrationLock = 0x6b697468;

/** Applies what is missing. Answers how many files were applied by this call. */
export async function migrate(databaseUrl: string): Promise<{ applied: number }> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [migrationLock]);
    const before = await countApplied(client);
    refuseNewer(before);
    await applyMigrations(drizzle(client), { migrationsFolder });
    const after = await countApplied(client);
    if (after !== fileCount()) {
      throw new Error(
        `${after} of ${fileCount()} migrations are applied: a file older than the newest one was skipped. ` +
          'Restore the database, or give the skipped file a newer time stamp.',
      );
    }
    return { applied: after - before };
  } finally {
    await client.end();
  }
}

function refuseNewer(applied: number): void {
  if (applied <= fileCount()) return;
  throw new Error(
    `the database has ${applied} migrations, this version of Kith knows ${fileCount()}: start the newer version`,
  );
}

function fileCount(): number {
  const journal = JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8')) as {
    entries: unknown[];
  };
  return journal.entries.length;
}

async function countApplied(client: pg.Client): Promise<number> {
  const table = await client.query(`select to_regclass('drizzle.__drizzle_migrations') as name`);
  if (table.rows[0]?.name === null) return 0;
  const count = await client.query('select count(*)::int as count from drizzle.__drizzle_migrations');
  return count.rows[0].count;
}

/** A short hash of the migration files: names the template database that tests clone. */
export function migrationsFingerprint(): string {
  return JSON.stringify(JSON.parse(readFileSync(`${migrationsFolder}/meta/_journal.json`, 'utf8')));
}
