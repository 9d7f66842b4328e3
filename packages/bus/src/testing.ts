import type { Bus } from './bus.ts';
import { kithStreams, type StreamLimits } from './streams.ts';

export { type EventContract, openEventContract } from './testing/event-contract.ts';

const bytesMax = 2 ** 26;

/** Declares Kith's streams as the resolver does, small enough for a test's NATS. */
export function declareTestStreams(bus: Bus): Promise<void> {
  return declareStreams(bus, {
    receivedBytesMax: bytesMax,
    inboundBytesMax: bytesMax,
    eventsBytesMax: bytesMax,
  });
}

/** The same with limits of one's own: for what measures. */
export function declareStreams(bus: Bus, limits: StreamLimits): Promise<void> {
  return bus.declareStreams(kithStreams(limits));
}
