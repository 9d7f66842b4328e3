/**
 * The data directory of the embedded Postgres: creates it once, and refuses what it must not touch.
 * A new cluster is made beside its place and moved there when complete, so an interrupted initdb leaves
 * nothing that looks like a cluster. The superuser's password is generated once and kept in a 0600 file
 * beside the directory: other users of the machine can reach the port but not log in.
 */

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import { chooseRunAs, type Account, type RunAs } from './postgres-account.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';
import { StackError } from './stack-error.ts';

const POSTGRES_MAJOR = '18';

/** The superuser of the embedded Postgres, and the name of its database. */
export const POSTGRES_USER = 'kith';

export interface Cluster {
  readonly runAs: RunAs;
  readonly password: string;
}

/** Opens the cluster in `dataDir`, creating it when there is none. */
export async function openCluster(
  dataDir: string,
  account: Account | null,
  binaries: PostgresBinaries,
): Promise<Cluster> {
  if (existsSync(`${dataDir}/PG_VERSION`)) return openExisting(dataDir, account, binaries);
  await assertEmpty(dataDir);
  return createCluster(dataDir, account, binaries);
}

/** Refuses a directory of another major version, which Postgres could not read. */
export async function assertPostgresVersion(dataDir: string): Promise<void> {
  const found = (await readFile(`${dataDir}/PG_VERSION`, 'utf8').catch(() => POSTGRES_MAJOR)).trim();
  if (found === POSTGRES_MAJOR) return;
  throw new StackError(
    'postgres_version',
    `${dataDir} was written by Postgres ${found}, and this is Postgres ${POSTGRES_MAJOR}: ` +
      `move the directory away to start afresh, or dump it with Postgres ${found} and load it again.`,
  );
}

/** The environment of Postgres programs: nothing inherited, so that a PGPORT of the user's cannot interfere. */
export function postgresEnv(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' };
}

async function openExisting(
  dataDir: string,
  account: Account | null,
  binaries: PostgresBinaries,
): Promise<Cluster> {
  const password = await readFile(passwordFile(dataDir), 'utf8').catch(() => '');
  if (password === '') {
    throw new StackError(
      'data_directory_unusable',
      `${passwordFile(dataDir)}, the password of the data in ${dataDir}, is missing: put it back, or move the directory away to start afresh.`,
    );
  }
  return { runAs: chooseRunAs(account, dataDir, binaries), password: password.trim() };
}

async function createCluster(
  dataDir: string,
  account: Account | null,
  binaries: PostgresBinaries,
): Promise<Cluster> {
  const unfinished = `${dataDir}.new`;
  const password = randomBytes(24).toString('hex');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await giveTo(account, unfinished);
  const runAs = chooseRunAs(account, unfinished, binaries);
  await runInitdb({ dir: unfinished, password, account, runAs, initdb: binaries.initdb });
  await writeFile(passwordFile(dataDir), `${password}\n`, { mode: 0o600 });
  await giveTo(account, passwordFile(dataDir));
  await rename(unfinished, dataDir);
  return { runAs, password };
}

async function runInitdb(options: {
  dir: string;
  password: string;
  account: Account | null;
  runAs: RunAs;
  initdb: string;
}): Promise<void> {
  const pwfile = `${options.dir}.pwfile`;
  await writeFile(pwfile, `${options.password}\n`, { mode: 0o600 });
  await giveTo(options.account, pwfile);
  const { prefix, ...user } = options.runAs;
  const [command, ...args] = [
    ...prefix,
    options.initdb,
    `--pgdata=${options.dir}`,
    `--username=${POSTGRES_USER}`,
    `--pwfile=${pwfile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Built into Postgres, so sorting does not depend on the locales that a machine happens to have.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ];
  try {
    await promisify(execFile)(command, args, { ...user, env: postgresEnv(), cwd: '/' });
  } catch (cause) {
    throw new StackError('process_failed', `The database could not be created: ${lastLine(cause)}`, {
      cause,
    });
  } finally {
    await rm(pwfile, { force: true });
  }
}

async function assertEmpty(dataDir: string): Promise<void> {
  const entries = await readdir(dataDir).catch(() => []);
  if (entries.length === 0) return;
  throw new StackError(
    'data_directory_unusable',
    `${dataDir} holds files that are not a Postgres data directory: move them away.`,
  );
}

async function giveTo(account: Account | null, path: string): Promise<void> {
  if (account === null) return;
  try {
    await chown(path, account.uid, account.gid);
  } catch (cause) {
    throw new StackError(
      'path_unreachable',
      `Started as root, but ${path} cannot be given to user ${account.uid}: run as an ordinary user, or set DATABASE_URL.`,
      { cause },
    );
  }
}

function lastLine(err: unknown): string {
  return String(err).trim().split('\n').at(-1) ?? '';
}

function passwordFile(dataDir: string): string {
  return `${dataDir}.password`;
}
