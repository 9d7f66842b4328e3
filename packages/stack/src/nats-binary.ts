/**
 * Where nats-server is. Debian installs it in /usr/sbin, which is not on an ordinary user's PATH, so the
 * sbin directories are searched as well; last comes the copy that `npm start` fetches into `.kith/tools`.
 * Nothing is installed here.
 */

import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { StackError } from './stack-error.ts';

const REMEDY =
  'install nats-server 2.9 or later (Debian and Ubuntu: apt-get install nats-server; macOS: brew install nats-server), ' +
  'or set NATS_URL to a server of your own';

/** Path of a usable nats-server; throws `nats_missing` when there is none of version 2.9 or later. */
export function findNatsServer(options: { toolsDir?: string } = {}): string {
  const found = candidates(options.toolsDir).find(isExecutable);
  if (found === undefined) throw new StackError('nats_missing', `There is no nats-server: ${REMEDY}.`);
  const version = execFileSync(found, ['--version'], { encoding: 'utf8' }).trim();
  if (isRecentEnough(version)) return found;
  throw new StackError('nats_missing', `${found} is too old (${version}): ${REMEDY}.`);
}

function candidates(toolsDir = fileURLToPath(new URL('../../../.kith/tools', import.meta.url))): string[] {
  const named = process.env['KITH_NATS_SERVER'];
  if (named !== undefined && named !== '') return [resolve(named)];
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '');
  const system = process.env['KITH_TOOLS_ONLY'] === '1' ? [] : [...path, '/usr/sbin', '/usr/local/sbin'];
  return [...system.map((dir) => join(dir, 'nats-server')), join(toolsDir, 'nats-server')];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isRecentEnough(version: string): boolean {
  const match = /v(\d+)\.(\d+)\./.exec(version);
  const [major, minor] = [Number(match?.[1] ?? 0), Number(match?.[2] ?? 0)];
  return major > 2 || (major === 2 && minor >= 9);
}
