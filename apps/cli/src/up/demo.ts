/** The demo of a local stack: its history first, so that there is something to see; then live messages. */

import { playDemo } from '@kith/sandbox';

import type { LocalStack } from './folder.ts';
import type { Progress } from './progress.ts';

/** Where the demo keeps the files of its chats while it plays; the ingest services may fetch from there. */
export const DEMO_MEDIA_PORT_OFFSET = 14;

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
      ingestWhatsappUrl: urls['ingestWhatsapp'] ?? '',
      ingestLinkedinUrl: urls['ingestLinkedin'] ?? '',
      ...mediaPortOf(urls),
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

/** The port of a local stack for the demo's files, as an option of `playDemo`: the web app's is the first of all. */
export function mediaPortOf({ web }: Readonly<Record<string, string>>): { mediaPort?: number } {
  const base = web === undefined || !URL.canParse(web) ? '' : new URL(web).port;
  return base === '' ? {} : { mediaPort: Number(base) + DEMO_MEDIA_PORT_OFFSET };
}
