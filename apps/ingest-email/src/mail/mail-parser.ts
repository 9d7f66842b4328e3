/*
 * Parses mails in worker threads, with a deadline and a memory limit each.
 *
 * A mail is the one input that strangers can make as hard to read as they like. A thread that is not done in time is
 * ended, and the mail becomes a dead letter; the event loop never waits for a parser. The deadline begins when a
 * thread begins: a mail that only had to wait is no dead letter but a 503, and comes again.
 */
import { IngestUnavailable, type ParsedItem } from '@kith/ingest/provider';
import { Piscina } from 'piscina';
import { createTurns, type Turns } from './turns.ts';
import type { MailJob } from './parse-mail.ts';

/** An open set of parser threads. */
export interface MailParser {
  /** Rejects with `IngestUnavailable` when no thread came free or the parser was closed, and only then. */
  parse(job: MailJob): Promise<ParsedItem>;
  close(): Promise<void>;
}

/** How many threads, and what each may take. */
export interface MailParserOptions {
  /** The compiled `parse-mail.js`: a thread runs plain JavaScript. */
  workerFile: URL;
  threads: number;
  deadlineMs: number;
  /** Limit of a thread's heap, in megabytes. */
  memoryMb: number;
  /** Longest wait for a thread. */
  waitMs: number;
}

/**
 * Piscina tries `require` before `import`. A thread that is ended while Node 20.20 requires an ES module takes the
 * whole process with it ("IsGraphAsync must be used on an instantiated module"); one that imports it just ends.
 */
const workerFlags = ['--no-experimental-require-module'];

/** Starts the threads. */
export function openMailParser(options: MailParserOptions): MailParser {
  const pool = new Piscina<MailJob, ParsedItem>({
    filename: options.workerFile.href,
    name: 'parseMail',
    minThreads: options.threads,
    maxThreads: options.threads,
    resourceLimits: { maxOldGenerationSizeMb: options.memoryMb },
    execArgv: workerFlags,
  });
  // A thread that dies is replaced, and its task rejects; without a listener the event would end the process.
  pool.on('error', () => {});
  const turns = createTurns(options.threads);
  const closing = new AbortController();
  return {
    parse: (job) => parseInTurn({ pool, turns, options, closing: closing.signal }, job),
    close: () => {
      closing.abort();
      return pool.destroy();
    },
  };
}

interface ParserParts {
  pool: Piscina<MailJob, ParsedItem>;
  turns: Turns;
  options: MailParserOptions;
  closing: AbortSignal;
}

async function parseInTurn(parts: ParserParts, job: MailJob): Promise<ParsedItem> {
  const { deadlineMs, waitMs } = parts.options;
  if (!(await parts.turns.take(waitMs))) throw new IngestUnavailable('every parser is busy');
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), deadlineMs);
  try {
    return await parts.pool.run(job, { signal: deadline.signal });
  } catch (err) {
    if (parts.closing.aborted) throw new IngestUnavailable('the parser is closing');
    if (deadline.signal.aborted) {
      return unreadable('parse_deadline_exceeded', `not parsed within ${deadlineMs} ms`);
    }
    return unreadable('parse_failed', describe(err));
  } finally {
    clearTimeout(timer);
    parts.turns.give();
  }
}

function unreadable(reason: 'parse_deadline_exceeded' | 'parse_failed', detail: string): ParsedItem {
  return { kind: 'unreadable', reason, detail };
}

/** The kind of the error only: its text could quote the mail. */
function describe(err: unknown): string {
  if (!(err instanceof Error)) return 'the parser failed';
  const code = 'code' in err && typeof err.code === 'string' ? ` (${err.code})` : '';
  return `the parser failed with ${err.name}${code}`;
}
