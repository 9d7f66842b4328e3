/*
 * Reads bodies, those that may be hard in threads, with a deadline and a memory limit each.
 *
 * A body is the one input that strangers can make as hard to read as they like. A thread that is not done in time is
 * ended, and the body becomes a dead letter; the event loop never waits for it. The deadline begins when a thread
 * begins: a body that only had to wait is not given up. Small bodies of chat providers are read where they are, in
 * microseconds, which is less than handing them to a thread takes.
 */
import { Piscina } from 'piscina';
import type { ReadItem } from '../encode-items.ts';
import type { Provider } from '../provider.ts';
import { createReader, describe, ownMemoryOf, type ReadJob, unreadable } from '../reader.ts';
import type { ReaderConfig } from '../settings.ts';
import { createTurns } from './turns.ts';

/** An open set of readers. */
export interface Readers {
  /**
   * A large body is given away: its bytes are gone afterwards. Rejects only when the readers were closed meanwhile:
   * the body is still to be read then.
   */
  read(job: ReadJob): Promise<ReadItem[]>;
  close(): Promise<void>;
}

/** Which bodies are read where. */
export interface ReadersOptions {
  config: ReaderConfig;
  providers: readonly Provider[];
  /** The compiled module whose `readBody` a thread calls: a thread runs plain JavaScript. */
  threadFile: URL;
  /** Larger bodies are read in a thread, others where they are; 0 for all in threads. */
  inlineBytesMax: number;
}

/**
 * Piscina tries `require` before `import`. A thread that is ended while Node 20.20 requires an ES module takes the
 * whole process with it ("IsGraphAsync must be used on an instantiated module"); one that imports it just ends.
 */
const threadFlags = ['--no-experimental-require-module'];

/** Starts the threads. */
export function openReaders(options: ReadersOptions): Readers {
  const { config } = options;
  const pool = new Piscina<ReadJob, ReadItem[]>({
    filename: options.threadFile.href,
    name: 'readBody',
    minThreads: options.inlineBytesMax === 0 ? config.KITH_PARSE_THREADS : 0,
    maxThreads: config.KITH_PARSE_THREADS,
    resourceLimits: { maxOldGenerationSizeMb: config.KITH_PARSE_MEMORY_MB },
    execArgv: threadFlags,
  });
  // A thread that dies is replaced, and its task rejects; without a listener the event would end the process.
  pool.on('error', () => {});
  const readHere = createReader(options.providers);
  const turns = createTurns(config.KITH_PARSE_THREADS);
  const closing = new AbortController();
  const readThere = async (job: ReadJob): Promise<ReadItem[]> => {
    await turns.take();
    try {
      return await runWithDeadline(pool, job, { deadlineMs: config.KITH_PARSE_DEADLINE_MS, closing });
    } finally {
      turns.give();
    }
  };
  return {
    read: (job) => (job.body.byteLength <= options.inlineBytesMax ? readHere(job) : readThere(job)),
    close: () => {
      closing.abort();
      return pool.destroy();
    },
  };
}

async function runWithDeadline(
  pool: Piscina<ReadJob, ReadItem[]>,
  job: ReadJob,
  { deadlineMs, closing }: { deadlineMs: number; closing: AbortController },
): Promise<ReadItem[]> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), deadlineMs);
  try {
    const memory = ownMemoryOf(job.body);
    const transferList = memory === null ? [] : [memory];
    return await pool.run(job, { signal: deadline.signal, transferList });
  } catch (err) {
    if (closing.signal.aborted) throw new Error('the readers are closed', { cause: err });
    if (deadline.signal.aborted) {
      return unreadable('parse_deadline_exceeded', `not parsed within ${deadlineMs} ms`);
    }
    return unreadable('parse_failed', describe(err));
  } finally {
    clearTimeout(timer);
  }
}
