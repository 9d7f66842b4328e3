/**
 * A real nats-server with JetStream on files, for development, demo and tests, under supervision: killed, it
 * comes back with every acknowledged message. It listens on 127.0.0.1 only and has no password, since what
 * it holds is as readable to other users of the machine as the port is; for production bring your own.
 *
 * An acknowledged message is in the operating system's hands, not on the disk: it survives the death of the
 * server, not the loss of power (nats-server 2.9 cannot be told otherwise).
 */

import { mkdir, writeFile } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { basename, dirname, join, resolve } from 'node:path';

import { findNatsServer } from './nats-binary.ts';
import { parentDeathPrefix } from './parent-death.ts';
import { stopOrphan } from './pid-file.ts';
import { assertPortFree, freePort } from './ports.ts';
import { superviseProcess, type ProcessExit, type SupervisedProcess } from './supervise.ts';

export interface StartNatsOptions {
  /** Created when missing; configuration and process id are kept in files beside it. */
  readonly storeDir: string;
  /** A free port by default. */
  readonly port?: number;
  /** Each line of the server's log. */
  readonly log?: ((line: string) => void) | undefined;
  readonly onExit?: ((exit: ProcessExit) => void) | undefined;
  readonly onRecovered?: (() => void) | undefined;
  /** Gives the start up, with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Ends the server when this process is killed, where the system can; true by default. */
  readonly diesWithParent?: boolean;
}

export interface EmbeddedNats extends AsyncDisposable {
  /** `nats://127.0.0.1:<port>` */
  readonly url: string;
  readonly port: number;
  pid(): number | null;
  whenReady(): Promise<void>;
  /** Stops and starts the server, and resolves when it answers again. */
  restart(): Promise<void>;
  /** SIGKILL, as a crash would be; the supervisor starts it again (await `whenReady`). */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts nats-server on a store directory, ending an orphan of ours first; throws `StackError`. */
export async function startNats(options: StartNatsOptions): Promise<EmbeddedNats> {
  const storeDir = resolve(options.storeDir);
  const command = findNatsServer();
  const files = filesOf(storeDir);
  await endNatsOrphan(storeDir);
  const port = options.port ?? (await freePort());
  await assertPortFree(port, 'NATS', 'stop what listens there, or choose another port');
  await mkdir(storeDir, { recursive: true, mode: 0o700 });
  await writeFile(files.config, configuration(storeDir, port), { mode: 0o600 });
  return describe(await supervise({ ...options, port }, command, files), port);
}

/** Ends the server that an owner left on this store when it was killed; throws `already_running`. */
export async function endNatsOrphan(storeDir: string): Promise<void> {
  const what = resolve(storeDir);
  const { pid, config } = filesOf(what);
  await stopOrphan({ pidFile: pid, proof: config, signal: 'SIGTERM', what });
}

function filesOf(storeDir: string): { config: string; pid: string } {
  return { config: `${storeDir}.conf`, pid: `${storeDir}.pid` };
}

function describe(supervised: SupervisedProcess, port: number): EmbeddedNats {
  const stop = (): Promise<void> => supervised.stop();
  return {
    url: `nats://127.0.0.1:${port}`,
    port,
    pid: () => supervised.pid(),
    whenReady: () => supervised.whenReady(),
    restart: () => supervised.restart('SIGTERM'),
    kill: () => supervised.kill(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

function supervise(
  options: StartNatsOptions & { port: number },
  server: string,
  files: { config: string; pid: string },
): Promise<SupervisedProcess> {
  const tie = options.diesWithParent === false ? [] : parentDeathPrefix('SIGTERM');
  const [command, ...args] = [...tie, server, '--config', files.config];
  return superviseProcess({
    name: 'NATS',
    command,
    args,
    cwd: '/',
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
    restart: 'always',
    ready: () => offersJetStream(options.port),
    pidFile: files.pid,
    onLine: options.log,
    onExit: options.onExit,
    onRecovered: options.onRecovered,
    signal: options.signal,
  });
}

/**
 * `max_file_store` is stated because its default, three quarters of the free disk, is computed anew at each
 * start: on a disk that fills up, streams that were accepted once would then fail to load.
 */
function configuration(storeDir: string, port: number): string {
  return `# Written at each start.
server_name: ${JSON.stringify(`kith-${basename(dirname(storeDir))}`)}
listen: "127.0.0.1:${port}"
max_payload: 1MB
jetstream {
  store_dir: ${JSON.stringify(join(storeDir))}
  max_memory_store: 256MB
  max_file_store: 1TB
}
`;
}

/** A server greets every connection with `INFO {…}`, and says there whether JetStream is up. */
function offersJetStream(port: number): Promise<boolean> {
  return new Promise((settle) => {
    const socket = createConnection({ host: '127.0.0.1', port, timeout: 2_000 });
    const answer = (value: boolean): void => {
      socket.destroy();
      settle(value);
    };
    socket.once('data', (greeting) => answer(/^INFO .*"jetstream":\s*true/.test(greeting.toString('utf8'))));
    socket.once('error', () => answer(false));
    socket.once('timeout', () => answer(false));
    socket.once('close', () => answer(false));
  });
}
