/*
 * A database of its own for each test file: cloned from a template that has every migration, in some tens of
 * milliseconds, on the one server that the whole run shares (`KITH_TEST_DATABASE_URL`).
 */
import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { type Database, openDatabase } from './database.ts';
import { migrate, migrationsFingerprint } from './migrate.ts';

/** A cloned database. It is dropped on disposal, unless `KITH_TEST_KEEP` is set to look at it after a failure. */
export interface TestDatabase {
  db: Database;
  url: string;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Clones the template, making it first where this is the first test of the run. */
export async function openTestDatabase(): Promise<TestDatabase> {
  return openFrom(await ensureTemplate(testServer()));
}

/** A database without anything in it, for what has to begin there. */
export async function openEmptyDatabase(): Promise<TestDatabase> {
  return openFrom('template0');
}

/** Runs a script of any statements, as who the URL names: for databases that are not Kith's. */
export function runScript(url: string, script: string): Promise<void> {
  return asAdmin(url, async (client) => void (await client.query(script)));
}

function testServer(): string {
  const server = process.env['KITH_TEST_DATABASE_URL'];
  if (server === undefined) throw new Error('KITH_TEST_DATABASE_URL is not set: run tests through vitest');
  return server;
}

async function openFrom(template: string): Promise<TestDatabase> {
  const server = testServer();
  const name = `kith_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, (admin) => admin.query(`create database ${name} template ${template}`));
  const url = withDatabase(server, name);
  const db = openDatabase({ url, name: 'kith-test' });
  return {
    db,
    url,
    [Symbol.asyncDispose]: async () => {
      await db.close();
      if (process.env['KITH_TEST_KEEP'] !== undefined) return;
      await asAdmin(server, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    },
  };
}

async function ensureTemplate(server: string): Promise<string> {
  const name = `kith_template_${createHash('sha256').update(migrationsFingerprint()).digest('hex').slice(0, 12)}`;
  await asAdmin(server, async (admin) => {
    // Cloning needs a template nobody is connected to, and test files start together: one at a time.
    await admin.query(`select pg_advisory_lock(hashtext('kith-template'))`);
    const found = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (found.rowCount !== 0) return;
    await admin.query(`drop database if exists ${name}_new with (force)`);
    await admin.query(`create database ${name}_new`);
    await migrate(withDatabase(server, `${name}_new`));
    await admin.query(`alter database ${name}_new rename to ${name}`);
  });
  return name;
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.toString();
}

async function asAdmin<T>(server: string, act: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server });
  client.on('error', () => {});
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
