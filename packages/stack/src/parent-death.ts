/**
 * Ties a server to the life of its parent: on Linux the kernel sends it a signal when the parent dies, even
 * by kill -9 (prctl(2), PR_SET_PDEATHSIG, through util-linux's setpriv). Elsewhere nothing is tied, and the
 * pid file lets the next start end the orphan.
 */

import { spawnSync } from 'node:child_process';

/** What to put last before a command line so that the program gets `signal` when this process dies. */
export function parentDeathPrefix(signal: 'SIGINT' | 'SIGTERM'): readonly string[] {
  if (process.platform !== 'linux' || !isSupported()) return [];
  return ['setpriv', `--pdeathsig=${signal.slice('SIG'.length)}`, '--'];
}

let supported: boolean | undefined;

/** util-linux before 2.33 and busybox have a setpriv without this option, and some systems have none. */
function isSupported(): boolean {
  supported ??= spawnSync('setpriv', ['--pdeathsig=TERM', '--', 'true'], { stdio: 'ignore' }).status === 0;
  return supported;
}
