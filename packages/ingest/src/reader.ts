/*
 * Reads one body to its items, whichever thread it runs in: a parser that throws leaves one `unreadable` item, with
 * the kind of the error only, because an error's text may quote the body.
 *
 * Exported as `@kith/ingest/reader` by itself, so that a reader thread does not load the whole service.
 */
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { isMainThread } from 'node:worker_threads';
import { transferableSymbol, valueSymbol } from 'piscina';
import { encodeItems, type ReadItem } from './encode-items.ts';
import type { Provider, ReceivedBody } from './provider.ts';

/** A body to read, and which provider posted it. */
export interface ReadJob extends ReceivedBody {
  provider: string;
}

/** Reads a body to its items. Never rejects. */
export type Reader = (job: ReadJob) => Promise<ReadItem[]>;

/** The reader of a thread: files that are large change hands instead of being copied. */
export function createThreadReader(providers: readonly Provider[]): Reader {
  const read = createReader(providers);
  if (!isMainThread) yieldToOthers();
  return async (job) => handOver(await read(job));
}

/** A reader that runs where it is called. */
export function createReader(providers: readonly Provider[]): Reader {
  return async ({ provider: name, ...received }) => {
    try {
      const provider = providers.find((candidate) => candidate.name === name);
      if (provider === undefined) throw new Error(`no provider ${name}`);
      return encodeItems(await provider.read(received));
    } catch (err) {
      return unreadable('parse_failed', describe(err));
    }
  };
}

/** A third of the share of others, where all want the processor. */
const niceness = 5;

/**
 * A reader thread gives way to the rest of the machine: nobody waits for it, while a provider waits for each answer.
 * On Linux a thread has a priority of its own.
 */
function yieldToOthers(): void {
  try {
    const threadId = /task\/(\d+)$/.exec(readlinkSync('/proc/thread-self'))?.[1];
    if (threadId !== undefined) setPriority(Number(threadId), niceness);
  } catch {
    // Elsewhere it has the priority of its process.
  }
}

/** Bytes that have their memory to themselves, and are worth it. Smaller ones lie in memory that others use too. */
export function ownMemoryOf(bytes: Uint8Array): ArrayBuffer | null {
  const { buffer } = bytes;
  const isWorthIt = bytes.byteLength >= 1024 * 1024 && bytes.byteLength === buffer.byteLength;
  return isWorthIt && buffer instanceof ArrayBuffer ? buffer : null;
}

/** Marks the items for the thread pool, whose result may be any object with these two symbols. */
function handOver(items: ReadItem[]): ReadItem[] {
  const bytes = items.flatMap(bytesOf);
  const memory = [...new Set(bytes.flatMap((file) => ownMemoryOf(file) ?? []))];
  if (memory.length === 0) return items;
  return Object.assign(items, { [transferableSymbol]: memory, [valueSymbol]: [...items] });
}

function bytesOf({ html, attachments }: ReadItem): Uint8Array[] {
  const files = attachments.flatMap((file) => ('bytes' in file ? [file.bytes] : []));
  return html === null ? files : [html, ...files];
}

/** What is left of a body that could not be read. */
export function unreadable(reason: 'parse_deadline_exceeded' | 'parse_failed', detail: string): ReadItem[] {
  return encodeItems([{ kind: 'unreadable', reason, detail }]);
}

/** The kind of the error only. */
export function describe(err: unknown): string {
  if (!(err instanceof Error)) return 'the parser failed';
  const code = 'code' in err && typeof err.code === 'string' ? ` (${err.code})` : '';
  return `the parser failed with ${err.name}${code}`;
}
