/**
 * As whom, and how, the Postgres programs run. Postgres refuses to run as root, so root lends them another
 * user: the owner of the data directory, or `nobody` for a new one that root owns. No user is created.
 *
 * A checkout below a 0700 directory of root's (mktemp -d, /root) cannot be entered by that user. There the
 * programs get one capability, CAP_DAC_OVERRIDE, through setpriv. Postgres checks its own path with
 * access(2), which drops the capabilities of a non-root user unless SECBIT_NO_SETUID_FIXUP is set.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

import type { PostgresBinaries } from './postgres-binaries.ts';
import { StackError } from './stack-error.ts';

/** How to run a program: what to put before its command line, and as whom to spawn it. */
export interface RunAs {
  readonly prefix: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
}

/** An operating-system user that root lends to Postgres, and that must own its data. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** The user Postgres must run as because we are root, or null when we are an ordinary user already. */
export function lentAccount(dataDir: string): Account | null {
  if (process.geteuid?.() !== 0) {
    assertOwnDirectory(dataDir);
    return null;
  }
  const { uid, gid } = statSync(nearestExisting(dataDir));
  return uid === 0 || !isKnown(uid) ? lookUpNobody() : { uid, gid };
}

/** Finds a way for `account` to run these binaries on this existing directory; throws `path_unreachable`. */
export function chooseRunAs(account: Account | null, dataDir: string, binaries: PostgresBinaries): RunAs {
  if (account === null) return { prefix: [] };
  const ways = [account, asCapable(account)].map((way) => ({ prefix: [], ...way }) satisfies RunAs);
  const found = ways.find((way) => works(way, dataDir, binaries));
  if (found !== undefined) return found;
  throw new StackError(
    'path_unreachable',
    `Started as root, but user ${account.uid} cannot reach ${dataDir} or ${binaries.postgres}: ` +
      `run as an ordinary user, or move the checkout out of a private directory.`,
  );
}

function asCapable({ uid, gid }: Account): RunAs {
  const capability = '-all,+dac_override';
  return {
    prefix: [
      'setpriv',
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      '--securebits=+no_setuid_fixup',
      `--inh-caps=${capability}`,
      `--ambient-caps=${capability}`,
      '--',
    ],
  };
}

function works(way: RunAs, dataDir: string, { postgres, bootstrapFile }: PostgresBinaries): boolean {
  const probe = 'cd "$1" && "$2" --version && : < "$3"';
  const [command, ...args] = [...way.prefix, 'sh', '-c', probe, 'sh', dataDir, postgres, bootstrapFile];
  const { prefix: _, ...user } = way;
  return spawnSync(command, args, { ...user, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** Initdb refuses a user without a name, such as the host's owner of a directory mounted into a container. */
function isKnown(uid: number): boolean {
  return spawnSync('id', [String(uid)], { stdio: 'ignore' }).status === 0;
}

function lookUpNobody(): Account {
  return { uid: idOfNobody('-u'), gid: idOfNobody('-g') };
}

function idOfNobody(flag: '-u' | '-g'): number {
  // macOS prints -2; ids are unsigned.
  return Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' })) >>> 0;
}

function assertOwnDirectory(dataDir: string): void {
  if (!existsSync(dataDir) || statSync(dataDir).uid === process.geteuid?.()) return;
  throw new StackError(
    'data_directory_unusable',
    `${dataDir} belongs to another user (uid ${statSync(dataDir).uid}): start as root, as before, or move it away.`,
  );
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}
