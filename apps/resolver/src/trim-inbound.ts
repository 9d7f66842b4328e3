import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@kith/bus';
import { inboundStream } from '@kith/contracts';
import type { Logger } from '@kith/service';
import { resolverDurable } from './consume.ts';

const everyMs = 60_000;

/** Keeps room in the stream of deliveries, so that what was settled long ago never has a webhook refused. */
export async function trimInbound(parts: { bus: Bus; log: Logger; signal: AbortSignal }): Promise<void> {
  while (!parts.signal.aborted) {
    await delay(everyMs, undefined, { signal: parts.signal }).catch(() => {});
    if (parts.signal.aborted || !parts.bus.isConnected()) continue;
    try {
      const count = await parts.bus.trimSettled(inboundStream, resolverDurable);
      if (count > 0) parts.log.info({ count }, 'settled deliveries made room in the stream');
    } catch (err) {
      parts.log.warn({ err }, 'the stream of deliveries could not be trimmed');
    }
  }
}
