/*
 * The streams, declared in code. At start each is created, or compared with its declaration and brought to it; a
 * difference that NATS does not let us change (storage, retention) stops the service with one clear line.
 *
 * `discard: new` for what must not be lost: a full stream refuses, and ingest answers 503, where the default would
 * delete unread messages in silence. Only fields that nats-server 2.9 knows are used.
 */
import {
  DiscardPolicy,
  type JetStreamManager,
  RetentionPolicy,
  StorageType,
  type StreamConfig,
  type StreamInfo,
} from '@nats-io/jetstream';
import {
  accountsStream,
  eventsStream,
  inboundStream,
  mediaStream,
  receivedStream,
  replayStream,
  syncStream,
} from '@kith/contracts';

/** A stream as we want it. */
export interface StreamDeclaration {
  name: string;
  subjects: string[];
  maxAgeDays: number;
  /** 0 is without limit. */
  bytesMax: number;
  /** Keep only the newest message of each subject. */
  newestOnly?: boolean;
  /** Messages go when they are acknowledged: what the stream holds is what is still to be done. */
  workQueue?: boolean;
}

const day = 24 * 60 * 60;
const nanosPerSecond = 1_000_000_000;

/** How much the streams may hold, in bytes; NATS reserves it on its disk. */
export interface StreamLimits {
  /** Webhooks that were answered 200 and wait to be read. */
  receivedBytesMax: number;
  /** What may wait for, or be kept behind, the resolver. */
  inboundBytesMax: number;
  /** How much of the past subscribers can read again. */
  eventsBytesMax: number;
}

/** Of a part of a sync only where it is now is kept; of a page, that it was fetched. */
const syncSubjects = ['kith.sync.tasks.*.*.*', 'kith.sync.reports.*.*.*'];

/** A file to fetch is a few hundred bytes. */
const mediaBytesMax = 128 * 1024 * 1024;
/** A body to read again is told in a few kilobytes, and waits in the outbox where there are more. */
const replayBytesMax = 64 * 1024 * 1024;

/** Every stream of Kith. */
export function kithStreams(limits: StreamLimits): StreamDeclaration[] {
  const { receivedBytesMax, inboundBytesMax, eventsBytesMax } = limits;
  const received = { name: receivedStream, subjects: ['kith.received.*.*.*'], workQueue: true };
  const replays = { name: replayStream, subjects: ['kith.replays.*.*.*'], workQueue: true };
  const media = { name: mediaStream, subjects: ['kith.media.*.*'], workQueue: true };
  return [
    { ...received, maxAgeDays: 14, bytesMax: receivedBytesMax },
    { name: inboundStream, subjects: ['kith.inbound.*.*'], maxAgeDays: 14, bytesMax: inboundBytesMax },
    { ...media, maxAgeDays: 14, bytesMax: mediaBytesMax },
    { ...replays, maxAgeDays: 14, bytesMax: replayBytesMax },
    {
      name: syncStream,
      subjects: syncSubjects,
      maxAgeDays: 14,
      bytesMax: 0,
      workQueue: true,
      newestOnly: true,
    },
    { name: eventsStream, subjects: ['kith.events.*.*.*'], maxAgeDays: 14, bytesMax: eventsBytesMax },
    { name: accountsStream, subjects: ['kith.accounts.*.*'], maxAgeDays: 0, bytesMax: 0, newestOnly: true },
  ];
}

/** Creates or updates each stream; see the head of this file. */
export async function declareStreams(
  manager: JetStreamManager,
  streams: readonly StreamDeclaration[],
): Promise<void> {
  for (const stream of streams) await declareStream(manager, stream);
}

async function declareStream(manager: JetStreamManager, stream: StreamDeclaration): Promise<void> {
  const wanted = toConfig(stream);
  const found = await findStream(manager, stream.name);
  if (found === undefined) {
    await manager.streams.add(wanted);
    return;
  }
  refuseFixedDrift(found.config, wanted);
  if (hasDrifted(found.config, wanted))
    await manager.streams.update(stream.name, { ...found.config, ...wanted });
}

function toConfig(stream: StreamDeclaration) {
  return {
    name: stream.name,
    subjects: stream.subjects,
    retention: stream.workQueue === true ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: stream.newestOnly === true ? DiscardPolicy.Old : DiscardPolicy.New,
    max_age: stream.maxAgeDays * day * nanosPerSecond,
    max_bytes: stream.bytesMax === 0 ? -1 : stream.bytesMax,
    max_msgs_per_subject: stream.newestOnly === true ? 1 : -1,
    duplicate_window: 120 * nanosPerSecond,
  } satisfies Partial<StreamConfig>;
}

type WantedConfig = ReturnType<typeof toConfig>;

async function findStream(manager: JetStreamManager, name: string): Promise<StreamInfo | undefined> {
  for await (const info of manager.streams.list()) {
    if (info.config.name === name) return info;
  }
  return undefined;
}

function refuseFixedDrift(found: StreamConfig, wanted: WantedConfig): void {
  for (const field of ['retention', 'storage'] as const) {
    if (found[field] === wanted[field]) continue;
    throw new Error(
      `stream ${wanted.name} has ${field} "${found[field]}" and must have "${wanted[field]}", which NATS cannot ` +
        `change: let it drain, delete it with "nats stream rm ${wanted.name}", and start again`,
    );
  }
}

function hasDrifted(found: StreamConfig, wanted: WantedConfig): boolean {
  return (Object.keys(wanted) as (keyof WantedConfig)[]).some(
    (field) => JSON.stringify(found[field]) !== JSON.stringify(wanted[field]),
  );
}

/** How full a stream is when what was settled makes room for what comes. */
const trimAtShare = 0.5;

/**
 * Deletes what a durable consumer has settled, once the stream is half full: with limits retention settled messages
 * stay until their age, and a full stream refuses new ones. Answers how many messages went.
 */
export async function trimSettled(
  manager: JetStreamManager,
  stream: string,
  durable: string,
): Promise<number> {
  const { config, state } = await manager.streams.info(stream);
  if (config.max_bytes <= 0 || state.bytes < config.max_bytes * trimAtShare) return 0;
  const consumer = await manager.consumers.info(stream, durable);
  const settledSeq = consumer.ack_floor.stream_seq;
  if (settledSeq < state.first_seq) return 0;
  const { purged } = await manager.streams.purge(stream, { seq: settledSeq + 1 });
  return purged;
}
