/**
 * From a fresh clone to installed packages: pnpm in the version that package.json names, then the packages
 * of the lockfile. Each is skipped when it is already there.
 */

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createSteps } from './steps.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

const tools = join(root, '.kith', 'tools');
const stamp = join(root, 'node_modules', '.kith-installed');

/** Steps whose commands find our pnpm first; proxies and registries come from the environment as it is. */
export function stepsFor(output) {
  const path = [join(tools, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const quiet = { TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' };
  const color = output.isTTY && !process.env.NO_COLOR ? { FORCE_COLOR: '1' } : {};
  return createSteps({ output, env: { ...process.env, ...quiet, ...color, PATH: path } });
}

export async function install(steps) {
  await installPnpm(steps);
  await installPackages(steps);
}

/** The folders of all workspace packages, as absolute paths. */
export function packageFolders() {
  const folders = ['apps', 'packages'].flatMap((parent) =>
    readdirSync(join(root, parent)).map((name) => join(root, parent, name)),
  );
  return [...folders, join(root, 'examples')].filter((folder) => existsSync(join(folder, 'package.json')));
}

async function installPnpm(steps) {
  const { packageManager } = readJson(join(root, 'package.json'));
  const wanted = packageManager.split('+')[0];
  const manifest = join(tools, 'node_modules', 'pnpm', 'package.json');
  if (existsSync(manifest) && `pnpm@${readJson(manifest).version}` === wanted) return;
  await steps.step(`Installing ${wanted}`, async () => {
    mkdirSync(tools, { recursive: true });
    const [command, ...args] = npm();
    const quiet = ['--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error'];
    await steps.mustRun(command, [...args, 'install', '--prefix', tools, ...quiet, wanted], { cwd: tools });
  });
}

/** The npm that runs this script, or the one on PATH when something else does. */
function npm() {
  const running = process.env.npm_execpath ?? '';
  return basename(running) === 'npm-cli.js' ? [process.execPath, running] : ['npm'];
}

async function installPackages(steps) {
  const wanted = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await steps.step('Installing packages', async () => {
    rmSync(stamp, { force: true });
    // Without a terminal pnpm would refuse to replace a node_modules made by another version of itself.
    const args = ['install', '--frozen-lockfile', '--config.confirmModulesPurge=false'];
    await steps.mustRun(join(tools, 'node_modules', '.bin', 'pnpm'), args, { cwd: root });
    writeFileSync(stamp, wanted);
  });
}

/** Changes whenever an installation could come out differently. */
function fingerprint() {
  const named = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', '.npmrc'].map((name) =>
    join(root, name),
  );
  const patches = existsSync(join(root, 'patches')) ? readdirSync(join(root, 'patches')) : [];
  const files = [
    ...named,
    ...patches.map((name) => join(root, 'patches', name)),
    ...packageFolders().map((folder) => join(folder, 'package.json')),
  ];
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${root}`);
  for (const file of files) hash.update(file).update(existsSync(file) ? readFileSync(file) : '');
  return hash.digest('hex');
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}
