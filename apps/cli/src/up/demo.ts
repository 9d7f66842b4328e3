/** The demo of a local stack: its history first, so that there is something to see; then live messages. */

import type { LocalStack } from './folder.ts';

/** Resolves when the history is in; live messages go on until `signal` aborts. */
export async function startDemo(
  { apiKey, urls }: LocalStack,
  options: { log: (line: string) => void; signal: AbortSignal },
): Promise<void> {
  const sandbox = '@kith/sandbox';
  const { playDemo } = await import(sandbox);
  await playDemo({
    queryUrl: urls['query'] ?? '',
    resolverUrl: urls['resolver'] ?? '',
    ingestEmailUrl: urls['ingestEmail'] ?? '',
    apiKey,
    live: true,
    ...options,
  });
}
