/** The log of one process: a new file at each start, with the one before it kept as `.previous.log`. */

import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';

export interface LogFile {
  readonly path: string;
  readonly write: (line: string) => void;
  close(): Promise<void>;
}

export async function openLogFile(directory: string, name: string): Promise<LogFile> {
  const path = join(directory, `${name}.log`);
  await rename(path, join(directory, `${name}.previous.log`)).catch(() => undefined);
  const stream = createWriteStream(path, { mode: 0o600 });
  // A full disk must not take the whole stack down with its log.
  stream.on('error', () => undefined);
  return {
    path,
    write: (line) => void stream.write(`${line}\n`),
    close: () => new Promise((resolve) => stream.end(() => resolve())),
  };
}
