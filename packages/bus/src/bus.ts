/*
 * The connection to NATS JetStream, and the only package that imports it.
 *
 * It reconnects for ever: a client that gives up after the library's default of ten tries would turn a short
 * outage into a dead service. While the server is away `publish` fails fast with `BusUnavailable`, so that an
 * ingest service can answer 503 instead of piling up promises.
 */
import {
  JetStreamApiCodes,
  JetStreamApiError,
  jetstream,
  jetstreamManager,
  type JetStreamClient,
  type JetStreamManager,
} from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { type BatchConsumer, consumeBatches, type ConsumeOptions } from './consume-batches.ts';
import { follow, type Following, type FollowOptions } from './follow.ts';
import { type BusLog, BusUnavailable } from './log.ts';
import { declareStreams, type StreamDeclaration, trimSettled } from './streams.ts';

/** What a stream holds: its first and last sequence, and how many messages lie under each subject asked for. */
export interface StreamState {
  firstSeq: number;
  lastSeq: number;
  messages: number;
}

/** An open connection to NATS JetStream. */
export interface Bus {
  isConnected(): boolean;
  /** Resolves when the server has stored the message; rejects with `BusUnavailable` otherwise. */
  publish(subject: string, payload: Uint8Array, options: { messageId: string }): Promise<{ seq: number }>;
  /** Creates the streams, or brings existing ones to their declaration. Rejects when one cannot be brought there. */
  declareStreams(streams: readonly StreamDeclaration[]): Promise<void>;
  /** Hands batches to `handle` until the signal aborts; goes on by itself after any outage. */
  consumeBatches(options: ConsumeOptions): BatchConsumer;
  /** Hands every message in order, from a sequence or the start, and then each new one. */
  follow(options: FollowOptions): Following;
  /** Rejects with `BusUnavailable` while NATS is away, or the stream is not made yet. */
  streamState(stream: string, subjectFilter?: string): Promise<StreamState>;
  /**
   * How many messages lie under each subject that fits the filter; none for a stream that is not made yet. Rejects
   * with `BusUnavailable` while NATS is away.
   */
  subjectCounts(stream: string, subjectFilter: string): Promise<ReadonlyMap<string, number>>;
  /**
   * How many messages a durable consumer has not acknowledged yet: all of the stream's, for one that was never
   * started. Rejects with `BusUnavailable` like `streamState`.
   */
  unacknowledged(stream: string, durable: string): Promise<number>;
  /**
   * Whether a durable consumer has acknowledged everything under a subject. True for what the stream does not hold, false
   * for what a consumer that was never started would be handed. Rejects with `BusUnavailable` like `streamState`.
   */
  isSettled(stream: string, durable: string, subject: string): Promise<boolean>;
  /** Makes room in a stream that is half full, by deleting what the consumer settled; answers how many went. */
  trimSettled(stream: string, durable: string): Promise<number>;
  /** Deletes a stream with everything in it. */
  deleteStream(stream: string): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

const publishTimeoutMs = 5_000;
const requestTimeoutMs = 5_000;

/** Connects, waiting as long as it takes until the signal aborts. `name` is shown in the server's monitoring. */
export async function openBus(options: {
  url: string;
  name: string;
  log: BusLog;
  signal?: AbortSignal;
}): Promise<Bus> {
  const connection = await connectWhenThere(options);
  logStatus(connection, options.log);
  const client = jetstream(connection, { timeout: requestTimeoutMs });
  const manager = await jetstreamManager(connection, { checkAPI: false, timeout: requestTimeoutMs });
  const isConnected = () => !connection.isClosed() && connected.get(connection) === true;
  const close = async () => {
    if (!connection.isClosed()) await connection.close();
  };
  return {
    isConnected,
    publish: (subject, payload, { messageId }) => {
      if (!isConnected()) return Promise.reject(new BusUnavailable('not connected to NATS'));
      return publish(client, subject, { payload, messageId });
    },
    declareStreams: (streams) => declareStreams(manager, streams),
    consumeBatches: (consume) => consumeBatches({ client, manager, log: options.log }, consume),
    follow: (following) => follow({ client, manager, log: options.log }, following),
    streamState: (stream, subjectFilter) =>
      ask(isConnected, () => streamState(manager, stream, subjectFilter)),
    subjectCounts: (stream, subjectFilter) =>
      ask(isConnected, () => subjectCounts(manager, stream, subjectFilter)),
    unacknowledged: (stream, durable) => ask(isConnected, () => unacknowledged(manager, stream, durable)),
    isSettled: (stream, durable, subject) =>
      ask(isConnected, () => isSettled(manager, { stream, durable, subject })),
    trimSettled: (stream, durable) => trimSettled(manager, stream, durable),
    deleteStream: async (stream) => void (await manager.streams.delete(stream)),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Whether each connection's transport is up; the library tells changes only. */
const connected = new WeakMap<NatsConnection, boolean>();

async function connectWhenThere(options: {
  url: string;
  name: string;
  signal?: AbortSignal;
}): Promise<NatsConnection> {
  const connecting = connect({
    servers: options.url,
    name: options.name,
    maxReconnectAttempts: -1,
    waitOnFirstConnect: true,
    reconnectTimeWait: 500,
    reconnectJitter: 250,
    pingInterval: 5_000,
    maxPingOut: 2,
    timeout: 3_000,
    // An error object with a stack for every request, in case it fails, costs as much as the request.
    noAsyncTraces: true,
  });
  const { signal } = options;
  if (signal === undefined) return connecting;
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new BusUnavailable('stopped while connecting')), {
      once: true,
    });
  });
  return Promise.race([connecting, aborted]);
}

function logStatus(connection: NatsConnection, log: BusLog): void {
  connected.set(connection, true);
  void (async () => {
    for await (const status of connection.status()) {
      if (status.type === 'disconnect') connected.set(connection, false);
      if (status.type === 'reconnect') connected.set(connection, true);
      if (status.type === 'disconnect' || status.type === 'reconnect') log.warn({}, `nats ${status.type}`);
    }
  })();
}

async function publish(
  client: JetStreamClient,
  subject: string,
  message: { payload: Uint8Array; messageId: string },
): Promise<{ seq: number }> {
  try {
    const ack = await client.publish(subject, message.payload, {
      msgID: message.messageId,
      timeout: publishTimeoutMs,
      retries: 1,
    });
    return { seq: ack.seq };
  } catch (err) {
    throw new BusUnavailable(`not stored by NATS: ${err instanceof Error ? err.message : String(err)}`, {
      cause: err,
    });
  }
}

async function streamState(
  manager: JetStreamManager,
  stream: string,
  subjectFilter?: string,
): Promise<StreamState> {
  const info = await manager.streams.info(
    stream,
    subjectFilter === undefined ? undefined : { subjects_filter: subjectFilter },
  );
  const counts = Object.values(info.state.subjects ?? {});
  return {
    firstSeq: info.state.first_seq,
    lastSeq: info.state.last_seq,
    messages:
      subjectFilter === undefined ? info.state.messages : counts.reduce((sum, count) => sum + count, 0),
  };
}

async function subjectCounts(
  manager: JetStreamManager,
  stream: string,
  subjectFilter: string,
): Promise<ReadonlyMap<string, number>> {
  try {
    const info = await manager.streams.info(stream, { subjects_filter: subjectFilter });
    return new Map(Object.entries(info.state.subjects ?? {}));
  } catch (err) {
    if (!(err instanceof JetStreamApiError) || err.code !== JetStreamApiCodes.StreamNotFound) throw err;
    return new Map();
  }
}

async function unacknowledged(manager: JetStreamManager, stream: string, durable: string): Promise<number> {
  try {
    const info = await manager.consumers.info(stream, durable);
    return info.num_pending + info.num_ack_pending;
  } catch (err) {
    if (!(err instanceof JetStreamApiError) || err.code !== JetStreamApiCodes.ConsumerNotFound) throw err;
    return (await streamState(manager, stream)).messages;
  }
}

async function isSettled(
  manager: JetStreamManager,
  { stream, durable, subject }: { stream: string; durable: string; subject: string },
): Promise<boolean> {
  // The newest before the floor: one that comes in between is a newer one's matter.
  const newest = await manager.streams.getMessage(stream, { last_by_subj: subject });
  if (newest === null) return true;
  try {
    const info = await manager.consumers.info(stream, durable);
    return newest.seq <= info.ack_floor.stream_seq;
  } catch (err) {
    if (!(err instanceof JetStreamApiError) || err.code !== JetStreamApiCodes.ConsumerNotFound) throw err;
    return false;
  }
}

/** A question to the server; fails fast while it is away, instead of waiting for the library's deadline. */
async function ask<T>(isConnected: () => boolean, question: () => Promise<T>): Promise<T> {
  if (!isConnected()) throw new BusUnavailable('not connected to NATS');
  try {
    return await question();
  } catch (err) {
    const reason = err instanceof Error ? err.message : String(err);
    throw new BusUnavailable(`no answer from NATS: ${reason}`, { cause: err });
  }
}
