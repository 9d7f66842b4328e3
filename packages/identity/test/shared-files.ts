/*
 * Cases and lists that may lie beside a checkout, and are no part of it. Tests over them are skipped where they are
 * absent, and say so.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../shared', import.meta.url));

/** The text of a file beside the checkout, or null; warns when it is not there. */
export function readShared(path: string): string | null {
  const file = `${root}/${path}`;
  if (existsSync(file)) return readFileSync(file, 'utf8');
  console.warn(`SKIPPED: what needs ${file}, which is not there`);
  return null;
}
