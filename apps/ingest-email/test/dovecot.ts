/*
 * A real mail server for tests: Dovecot with a configuration and a folder of its own, on a free port of 127.0.0.1.
 *
 * It runs as whoever runs the tests. Root may not have mail in Dovecot, so there the mail belongs to `nobody`, and the
 * server's inner processes are the users that its package has made.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { accessSync, chmodSync, chownSync, constants, mkdirSync, mkdtempSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { freePort, waitUntil } from '@kith/stack';
import { ImapFlow } from 'imapflow';

/** A server that runs. Every user may log in, and has the folders Drafts, Junk, Sent and Trash. */
export interface Dovecot extends AsyncDisposable {
  port: number;
  password: string;
  /** A connection as a mail program has it, which may change the mailbox. */
  logIn(user: string): Promise<ImapFlow & AsyncDisposable>;
  /** Ends the server, in the middle of whatever it does. */
  kill(): Promise<void>;
}

/** Path of a Dovecot, or null; where `KITH_TEST_REQUIRE_DOVECOT` is set, its absence is an error. */
export function findDovecot(): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  const found = folders.filter((folder) => folder !== '').map((folder) => join(folder, 'dovecot'));
  const path = found.find(isExecutable) ?? null;
  if (path === null && (process.env['KITH_TEST_REQUIRE_DOVECOT'] ?? '') !== '') {
    throw new Error('there is no dovecot on PATH or in /usr/sbin: install dovecot-imapd');
  }
  return path;
}

const password = 'open-sesame';
const startMs = 20_000;

/** Starts it; dispose of it at the end. */
export async function startDovecot(path: string): Promise<Dovecot> {
  // Short, because the paths of sockets may have no more than a hundred characters.
  const dir = mkdtempSync(join(tmpdir(), 'kith-imap-'));
  chmodSync(dir, 0o755);
  const port = await freePort();
  const owner = mailOwner();
  mkdirSync(join(dir, 'mail'));
  chownSync(join(dir, 'mail'), owner.uid, owner.gid);
  await writeFile(join(dir, 'dovecot.conf'), configuration(dir, port, owner));
  const server = spawn(path, ['-F', '-c', join(dir, 'dovecot.conf')], {
    // A group of its own, so that it can be ended with the processes that serve connections.
    detached: true,
    stdio: 'ignore',
  });
  const endWithUs = (): void => killGroup(server);
  process.once('exit', endWithUs);
  const end = async (): Promise<void> => {
    process.off('exit', endWithUs);
    await ended(server);
    await rm(dir, { recursive: true, force: true });
  };
  if (!(await waitUntil(() => answers(port), { timeoutMs: startMs }))) {
    const log = await readFile(join(dir, 'dovecot.log'), 'utf8').catch(() => 'it wrote no log');
    await end();
    throw new Error(`dovecot did not answer on port ${port} within ${startMs} ms: ${log}`);
  }
  return {
    port,
    password,
    logIn: (user) => logIn(port, user),
    kill: () => ended(server),
    [Symbol.asyncDispose]: end,
  };
}

interface Owner {
  uid: number;
  gid: number;
  internalUser: string;
  loginUser: string;
}

function mailOwner(): Owner {
  const { uid, gid, username } = userInfo();
  if (uid === 0) return { uid: 65_534, gid: 65_534, internalUser: 'dovecot', loginUser: 'dovenull' };
  return { uid, gid, internalUser: username, loginUser: username };
}

function configuration(dir: string, port: number, { uid, gid, internalUser, loginUser }: Owner): string {
  const special = ['Drafts', 'Junk', 'Sent', 'Trash'].map(
    (name) => `mailbox ${name} {\nauto = create\nspecial_use = \\${name}\n}`,
  );
  return [
    `base_dir = ${dir}/run`,
    `state_dir = ${dir}/state`,
    `log_path = ${dir}/dovecot.log`,
    'protocols = imap',
    'ssl = no',
    'disable_plaintext_auth = no',
    `default_internal_user = ${internalUser}`,
    `default_login_user = ${loginUser}`,
    ...(userInfo().uid === 0 ? [] : ['default_internal_group =']),
    `first_valid_uid = ${uid}`,
    `first_valid_gid = ${gid}`,
    `passdb {\ndriver = static\nargs = password=${password}\n}`,
    `userdb {\ndriver = static\nargs = uid=${uid} gid=${gid} home=${dir}/mail/%u\n}`,
    'mail_location = mdbox:~/mdbox',
    'auth_failure_delay = 0',
    'mail_fsync = never',
    `namespace inbox {\ninbox = yes\nseparator = /\n${special.join('\n')}\n}`,
    `service imap-login {\nchroot =\ninet_listener imap {\naddress = 127.0.0.1\nport = ${port}\n}\ninet_listener imaps {\nport = 0\n}\n}`,
    'service anvil {\nchroot =\n}',
    '',
  ].join('\n');
}

async function logIn(port: number, user: string): Promise<ImapFlow & AsyncDisposable> {
  const client = new ImapFlow({
    host: '127.0.0.1',
    port,
    secure: false,
    auth: { user, pass: password },
    logger: false,
    disableAutoIdle: true,
  });
  client.on('error', () => {});
  await client.connect();
  return Object.assign(client, {
    [Symbol.asyncDispose]: () => Promise.resolve(client.close()),
  });
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  killGroup(server);
  await exit;
}

function killGroup({ pid, exitCode, signalCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null && signalCode === null) process.kill(-pid, 'SIGKILL');
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (isAnswering: boolean): void => {
      socket.destroy();
      resolve(isAnswering);
    };
    socket.once('data', () => settle(true));
    socket.once('error', () => settle(false));
    socket.once('close', () => settle(false));
  });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
