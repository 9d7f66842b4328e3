/** The demo of a local stack: its history first, so that there is something to see; then live messages. */

import { playDemo } from '@kith/sandbox';

import type { LocalStack } from './folder.ts';
import type { Progress } from './progress.ts';

/**
 * Resolves when the history is in; live messages go on until `signal` aborts. A demo that fails is told and
 * takes nothing else down: whoever came for the stack still has it.
 */
export async function startDemo(
  { apiKey, urls }: LocalStack,
  { progress, signal }: { progress: Progress; signal: AbortSignal },
): Promise<void> {
  try {
    await playDemo({
      queryUrl: urls['query'] ?? '',
      resolverUrl: urls['resolver'] ?? '',
      ingestEmailUrl: urls['ingestEmail'] ?? '',
      apiKey,
      log: progress.note,
      signal,
      live: true,
    });
  } catch (err) {
    signal.throwIfAborted();
    progress.problem(`The demo could not be played: ${err instanceof Error ? err.message : String(err)}`);
  }
}
