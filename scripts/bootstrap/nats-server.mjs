/**
 * Fetches a nats-server into `.kith/tools` when the system has none. On Debian and Ubuntu the package is
 * downloaded with lists and caches of our own and unpacked, not installed: this needs no root, starts no
 * system service, and leaves the system as it was. On macOS Homebrew installs it.
 */

import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './install.mjs';
import { StepError } from './steps.mjs';

const tools = join(root, '.kith', 'tools');

/** Makes sure that a nats-server can be found; needs the built packages. */
export async function ensureNatsServer(steps) {
  if ((process.env.NATS_URL ?? '') !== '') return;
  // Searching is the business of the package that will use it; it is built by now.
  const { findNatsServer, StackError } = await import('../../packages/stack/dist/index.js');
  try {
    findNatsServer();
  } catch (err) {
    if (!(err instanceof StackError) || process.env.KITH_NATS_SERVER) throw err;
    await fetchNatsServer(steps, err);
    findNatsServer();
  }
}

async function fetchNatsServer(steps, missing) {
  if (existsSync('/usr/bin/apt-get') && existsSync('/usr/bin/dpkg-deb')) {
    await steps.step('Fetching nats-server', () => unpackDebianPackage(steps, missing));
  } else if ((await steps.run('brew', ['--version'])).code === 0) {
    await steps.step('Installing nats-server with Homebrew', () =>
      steps.mustRun('brew', ['install', 'nats-server']),
    );
  } else throw missing;
}

async function unpackDebianPackage(steps, missing) {
  const apt = join(tools, 'apt');
  const unpacked = join(tools, 'nats');
  for (const folder of [apt, unpacked]) rmSync(folder, { recursive: true, force: true });
  for (const folder of ['state/lists/partial', 'cache/archives/partial', 'download']) {
    mkdirSync(join(apt, folder), { recursive: true });
  }
  const options = [
    `Dir::State=${join(apt, 'state')}`,
    `Dir::Cache=${join(apt, 'cache')}`,
    'Dir::State::status=/var/lib/dpkg/status',
    // Root's apt would otherwise download as the user _apt, who cannot enter a private checkout.
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option]);
  try {
    await steps.mustRun('apt-get', [...options, 'update']);
    await steps.mustRun('apt-get', [...options, 'download', 'nats-server'], { cwd: join(apt, 'download') });
    const [file = ''] = readdirSync(join(apt, 'download'));
    await steps.mustRun('dpkg-deb', ['-x', join(apt, 'download', file), unpacked]);
  } catch (err) {
    throw new StepError(`${missing.message}\n${err.message}`);
  } finally {
    rmSync(apt, { recursive: true, force: true });
  }
  rmSync(join(tools, 'nats-server'), { force: true });
  symlinkSync(join('nats', 'usr', 'sbin', 'nats-server'), join(tools, 'nats-server'));
}
