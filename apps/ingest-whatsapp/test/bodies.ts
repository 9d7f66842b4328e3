/*
 * Bodies as the app receives them, and the fixtures of this folder: one file for each kind of webhook, written after
 * the documentation of the providers about people who do not exist.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ParsedItem, Provider, ReceivedBody } from '@kith/ingest/provider';

/** The fixtures of a provider by their names. */
export function fixturesOf(provider: 'meta' | 'twilio'): ReadonlyMap<string, Buffer> {
  return filesIn(fileURLToPath(new URL(`fixtures/${provider}`, import.meta.url)));
}

/** The files of a folder by their names without ending. */
export function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const names = readdirSync(folder).toSorted();
  return new Map(names.map((name) => [basename(name, extname(name)), readFileSync(join(folder, name))]));
}

/** What a provider reads in a body. */
export async function read(
  provider: Provider,
  body: Uint8Array | string,
  more: Partial<ReceivedBody> = {},
): Promise<ParsedItem[]> {
  return provider.read({
    body: Buffer.from(body),
    contentType: provider.name === 'twilio' ? 'application/x-www-form-urlencoded' : 'application/json',
    workspace: 'acme',
    accountId: 'support',
    settings: {},
    ...more,
  });
}
