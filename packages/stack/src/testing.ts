/**
 * Servers for tests. `setup` is a vitest `globalSetup`: one Postgres for the whole run, which each test file
 * clones its databases in. NATS is cheap to start and its streams are global, so every test file has its own.
 * Durability is off here, and only here.
 */

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startNats, type EmbeddedNats } from './nats.ts';
import { startPostgres, type EmbeddedPostgres } from './postgres.ts';

/** Settings that trade durability for speed, and room for many test files at once. */
export const TEST_POSTGRES_SETTINGS = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  max_connections: '300',
  // A million rows are loaded, and indexes of them made, in half of the time.
  wal_level: 'minimal',
  max_wal_senders: '0',
  maintenance_work_mem: '256MB',
} as const;

/**
 * Sets KITH_TEST_DATABASE_URL, to a superuser's URL of the database `postgres`, unless it is set already;
 * DATABASE_URL, a server where databases may be created, is used instead of an embedded one.
 */
export async function setup(): Promise<() => Promise<void>> {
  if ((process.env['KITH_TEST_DATABASE_URL'] ?? '') !== '') return async () => undefined;
  const given = process.env['DATABASE_URL'] ?? '';
  if (given !== '') {
    process.env['KITH_TEST_DATABASE_URL'] = given;
    return async () => undefined;
  }
  const postgres = await startTestPostgres();
  process.env['KITH_TEST_DATABASE_URL'] = serverUrl(postgres.url);
  return async () => {
    await postgres.stop();
    delete process.env['KITH_TEST_DATABASE_URL'];
  };
}

/**
 * How many random cases of a property are tried: so many, or of them the percentage that KITH_TEST_RUNS says. They are
 * others in every run, so that fewer at a time are the same in the long run.
 */
export function testRuns(usual: number): number {
  const percentage = Number(process.env['KITH_TEST_RUNS'] ?? 100);
  return Math.max(1, Math.round((usual * percentage) / 100));
}

/** A fresh Postgres on a free port, whose data is removed when it is stopped. */
export async function startTestPostgres(
  options: { log?: (line: string) => void; settings?: Readonly<Record<string, string>> } = {},
): Promise<EmbeddedPostgres> {
  const settings = { ...TEST_POSTGRES_SETTINGS, ...options.settings };
  return inTemporaryDirectory((directory) =>
    startPostgres({ ...options, dataDir: join(directory, 'postgres'), settings }),
  );
}

/** A fresh nats-server on a free port, whose store is removed when it is stopped. */
export async function startTestNats(options: { log?: (line: string) => void } = {}): Promise<EmbeddedNats> {
  return inTemporaryDirectory((directory) => startNats({ ...options, storeDir: join(directory, 'nats') }));
}

/** The URL of the database `postgres` on the same server. */
export function serverUrl(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.pathname = '/postgres';
  return url.href;
}

/** Starts a server in a directory of its own, which goes away with it, also when the start fails. */
async function inTemporaryDirectory<T extends { stop(): Promise<void> }>(
  start: (directory: string) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'kith-test-'));
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true });
  // Root lends Postgres another user, who must be able to pass.
  await chmod(directory, 0o711);
  try {
    const server = await start(directory);
    const stop = (): Promise<void> => server.stop().then(remove);
    return { ...server, stop, [Symbol.asyncDispose]: stop };
  } catch (err) {
    await remove();
    throw err;
  }
}
