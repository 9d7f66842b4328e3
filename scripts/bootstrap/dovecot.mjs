/**
 * The mail server that tests of mailboxes run. It is looked for, and installed where that is one command for root
 * (Debian); elsewhere its absence is said aloud and those tests say that they were skipped.
 */

import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether there is a Dovecot; a warning was given where there is none. */
export async function ensureDovecot(steps) {
  if (hasDovecot()) return true;
  if (process.getuid?.() === 0 && existsSync('/etc/debian_version')) await installDovecot(steps);
  const isInstalled = hasDovecot();
  if (!isInstalled) {
    steps.line(
      'WARNING: there is no Dovecot, so tests of mailboxes are skipped: install it (Debian: dovecot-imapd).',
    );
  }
  return isInstalled;
}

/** Only the program is wanted: in this runlevel Debian starts no mail server of the system. */
async function installDovecot(steps) {
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await steps.step('Installing Dovecot for tests of mailboxes', async () => {
    await steps.run('apt-get', ['update'], { env });
    await steps.run('apt-get', ['install', '-y', '--no-install-recommends', 'dovecot-imapd'], { env });
  });
}

function hasDovecot() {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.some((folder) => folder !== '' && isExecutable(join(folder, 'dovecot')));
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
