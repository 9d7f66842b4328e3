export { type Bus, openBus, type StreamState } from './bus.ts';
export type { BatchConsumer, BatchMessage, ConsumeOptions } from './consume-batches.ts';
export type { FollowedMessage, Following, FollowOptions } from './follow.ts';
export { type BusLog, BusUnavailable } from './log.ts';
export { kithStreams, type StreamDeclaration } from './streams.ts';
