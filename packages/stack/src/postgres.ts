/**
 * A real Postgres 18 for development, demo and tests, under supervision: killed, it comes back with what was
 * committed. It listens on 127.0.0.1 only, without unix sockets. For production bring your own and set
 * DATABASE_URL.
 */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { Client } from 'pg';

import { parentDeathPrefix } from './parent-death.ts';
import { stopOrphan } from './pid-file.ts';
import { assertPortFree, freePort } from './ports.ts';
import { lentAccount } from './postgres-account.ts';
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts';
import {
  assertPostgresVersion,
  openCluster,
  POSTGRES_USER,
  postgresEnv,
  type Cluster,
} from './postgres-cluster.ts';
import { identifyProcess } from './process-identity.ts';
import { StackError } from './stack-error.ts';
import { superviseProcess, type ProcessExit, type SupervisedProcess } from './supervise.ts';

export interface StartPostgresOptions {
  /** Created when missing; its password and process id are kept in files beside it. */
  readonly dataDir: string;
  /** A free port by default. */
  readonly port?: number;
  /** Each line of the server's log. */
  readonly log?: ((line: string) => void) | undefined;
  readonly onExit?: ((exit: ProcessExit) => void) | undefined;
  readonly onRecovered?: (() => void) | undefined;
  /** Gives the start up, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Server settings, as `postgres -c name=value`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Ends the server when this process is killed, where the system can; true by default. */
  readonly diesWithParent?: boolean;
}

export interface EmbeddedPostgres extends AsyncDisposable {
  /** Superuser's URL of the database `kith`. */
  readonly url: string;
  readonly port: number;
  pid(): number | null;
  whenReady(): Promise<void>;
  /** Restarts the server and resolves when it answers again; `immediate` skips the checkpoint, as a crash would. */
  restart(mode?: 'fast' | 'immediate'): Promise<void>;
  /** SIGKILL, as a crash would be; the supervisor starts it again (await `whenReady`). */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Postgres on a data directory, ending an orphan of ours first; throws `StackError`. */
export async function startPostgres(options: StartPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const binaries = await findPostgresBinaries();
  const account = lentAccount(dataDir);
  await assertPostgresVersion(dataDir);
  await endPostgresOrphan(dataDir);
  await assertUnused(dataDir);
  const port = options.port ?? (await freePort());
  await assertPortFree(port, 'Postgres', 'stop what listens there, or choose another port');
  const cluster = await openCluster(dataDir, account, binaries);
  const url = (database: string): string =>
    `postgres://${POSTGRES_USER}:${cluster.password}@127.0.0.1:${port}/${database}`;
  const supervised = await supervise(
    { ...options, dataDir, port },
    { binaries, cluster, url: url('postgres') },
  );
  try {
    await ensureDatabase(url('postgres'));
  } catch (err) {
    await supervised.stop();
    throw err;
  }
  return describe(supervised, url('kith'), port);
}

/** Ends the Postgres that an owner left on this directory when it was killed; throws `already_running`. */
export async function endPostgresOrphan(dataDir: string): Promise<void> {
  const proof = resolve(dataDir);
  await stopOrphan({ pidFile: pidFile(proof), proof, signal: 'SIGINT', what: proof });
}

function describe(supervised: SupervisedProcess, url: string, port: number): EmbeddedPostgres {
  const stop = (): Promise<void> => supervised.stop();
  return {
    url,
    port,
    pid: () => supervised.pid(),
    whenReady: () => supervised.whenReady(),
    restart: (mode = 'fast') => supervised.restart(mode === 'fast' ? 'SIGINT' : 'SIGQUIT'),
    kill: () => supervised.kill(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function supervise(
  options: StartPostgresOptions & { port: number },
  parts: { binaries: PostgresBinaries; cluster: Cluster; url: string },
): Promise<SupervisedProcess> {
  const { prefix, ...user } = parts.cluster.runAs;
  const tie = options.diesWithParent === false ? [] : parentDeathPrefix('SIGINT');
  const [command = '', ...args] = [...prefix, ...tie, parts.binaries.postgres, ...serverArgs(options)];
  return superviseProcess({
    name: 'Postgres',
    command,
    args,
    ...user,
    cwd: '/',
    env: postgresEnv(),
    restart: 'always',
    stopSignal: 'SIGINT',
    ready: () => answers(parts.url),
    readyTimeoutMs: 60_000,
    pidFile: pidFile(options.dataDir),
    onLine: options.log,
    onExit: options.onExit,
    onRecovered: options.onRecovered,
    signal: options.signal,
  });
}

function serverArgs(options: StartPostgresOptions & { port: number }): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    ...options.settings,
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', options.dataDir, '-p', String(options.port), ...pairs];
}

async function assertUnused(dataDir: string): Promise<void> {
  if (!existsSync(`${dataDir}/postmaster.pid`)) return;
  const pid = Number((await readFile(`${dataDir}/postmaster.pid`, 'utf8')).split('\n')[0]);
  const found = await identifyProcess(pid);
  if (found === null || !found.commandLine.includes(dataDir)) return;
  throw new StackError(
    'already_running',
    `Another Postgres (process ${pid}) runs on ${dataDir}: stop it first.`,
  );
}

async function answers(url: string): Promise<boolean> {
  return withClient(url, async (client) => (await client.query('select 1')).rowCount === 1);
}

async function ensureDatabase(url: string): Promise<void> {
  await withClient(url, async (client) => {
    const found = await client.query('select 1 from pg_database where datname = $1', ['kith']);
    if (found.rowCount === 0) await client.query('create database kith');
  });
}

async function withClient<T>(url: string, use: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  // A server that goes away emits an error beside the rejected promise.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function pidFile(dataDir: string): string {
  return `${dataDir}.pid`;
}
