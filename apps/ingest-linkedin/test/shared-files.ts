/*
 * Payloads and cases that may lie beside a checkout, and are no part of it. Tests over them are skipped where
 * they are absent, and say so.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../shared', import.meta.url));

/** Where something lies, and whether it is there; warns when it is not. */
export function findShared(path: string): { path: string; isPresent: boolean } {
  const found = { path: `${root}/${path}`, isPresent: existsSync(`${root}/${path}`) };
  if (!found.isPresent) console.warn(`SKIPPED: what needs ${found.path}, which is not there`);
  return found;
}
