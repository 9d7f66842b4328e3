/**
 * What a running stack keeps in `.kith/`. Secrets are readable by their owner only; deleting the folder
 * while nothing runs is how one starts afresh.
 */

import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What `.kith/local.json` tells scripts and the command line about the stack of this checkout. */
export interface LocalStack {
  readonly workspace: string;
  readonly apiKey: string;
  readonly urls: Readonly<Record<string, string>>;
  readonly natsUrl: string;
  readonly databaseUrl: string;
}

/** The paths inside `.kith/`. */
export interface KithFolder {
  readonly path: string;
  readonly logs: string;
  readonly run: string;
  readonly blobs: string;
  readonly postgres: string;
  readonly nats: string;
  readonly pidFile: string;
}

export async function openKithFolder(root: string): Promise<KithFolder> {
  const path = join(root, '.kith');
  const inside = (name: string): string => join(path, name);
  const folder = {
    path,
    logs: inside('logs'),
    run: inside('run'),
    blobs: inside('blobs'),
    postgres: inside('postgres'),
    nats: inside('nats'),
    pidFile: inside('up.pid'),
  };
  for (const directory of [folder.logs, folder.run, folder.blobs]) {
    await mkdir(directory, { recursive: true, mode: 0o700 });
  }
  return folder;
}

/** The key that seals stored secrets: 32 random bytes in base64, made once. */
export async function readSecretKey(folder: KithFolder): Promise<string> {
  const file = join(folder.path, 'secret.key');
  const existing = await readFile(file, 'utf8').catch(() => '');
  if (existing.trim() !== '') return existing.trim();
  const key = randomBytes(32).toString('base64');
  await writeFile(file, `${key}\n`, { mode: 0o600 });
  return key;
}

/** The API key that the last start left, or null. */
export async function readLocalApiKey(folder: KithFolder): Promise<string | null> {
  try {
    const local: unknown = JSON.parse(await readFile(localFile(folder), 'utf8'));
    const hasKey = typeof local === 'object' && local !== null && 'apiKey' in local;
    return hasKey && typeof local.apiKey === 'string' ? local.apiKey : null;
  } catch {
    return null;
  }
}

export async function writeLocalStack(folder: KithFolder, local: LocalStack): Promise<void> {
  await writeFile(localFile(folder), `${JSON.stringify(local, null, 2)}\n`, { mode: 0o600 });
}

function localFile(folder: KithFolder): string {
  return join(folder.path, 'local.json');
}
