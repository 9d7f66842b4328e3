import type { Bus } from './bus.ts';
import { kithStreams } from './streams.ts';

const bytesMax = 2 ** 26;

/** Declares Kith's streams as the resolver does, small enough for a test's NATS. */
export function declareTestStreams(bus: Bus): Promise<void> {
  return bus.declareStreams(kithStreams({ receivedBytesMax: bytesMax, inboundBytesMax: bytesMax, eventsBytesMax: bytesMax }));
}
