/** What is printed when everything runs: where to look, where things are kept, how to stop. */

import { join, relative } from 'node:path';

import type { KithFolder, LocalStack } from './folder.ts';
import type { Progress } from './progress.ts';

const TITLES: Readonly<Record<string, string>> = {
  web: 'Web app',
  query: 'Reads',
  resolver: 'Writes',
  ingestEmail: 'Email webhooks',
  ingestWhatsapp: 'WhatsApp webhooks',
  ingestLinkedin: 'LinkedIn webhooks',
};

export function printReady(progress: Progress, folder: KithFolder, local: LocalStack): void {
  const { web, ...others } = local.urls;
  const row = (title: string, value: string): void => progress.plain(`  ${title.padEnd(18)} ${value}`);
  progress.plain('');
  progress.plain(`  ${progress.bold('Kith is running.')}`);
  progress.plain('');
  if (web !== undefined) row('Web app', progress.bold(web));
  for (const [key, url] of Object.entries(others)) row(TITLES[key] ?? key, url);
  row('NATS', local.natsUrl);
  progress.plain('');
  row('Key and addresses', shown(join(folder.path, 'local.json')));
  row('Data', shown(folder.path));
  row('Logs', shown(folder.logs));
  progress.plain('');
  progress.plain(`  ${progress.dim('Ctrl-C stops everything; the data stays for the next start.')}`);
  progress.plain('');
}

/** Relative when that is shorter to read. */
function shown(path: string): string {
  const fromHere = relative(process.cwd(), path);
  return fromHere.startsWith('..') ? path : fromHere;
}
