/*
 * What runs inside a worker thread: a provider's body into one item. Nothing outside the thread is touched, so that
 * the thread can be ended at any moment.
 */
import type { ParsedItem } from '@kith/ingest/provider';
import { findEmailProvider } from '../providers/registry.ts';
import type { MailReading } from './mail-fields.ts';
import { mailLimits, readRaw } from './read-raw.ts';
import { toMessage } from './to-message.ts';

/** A body, and which provider posted it. */
export interface MailJob {
  provider: string;
  contentType: string | null;
  body: Uint8Array;
}

/** The one item of a mail provider's body. */
export async function parseMail(job: MailJob): Promise<ParsedItem> {
  return toItem(findEmailProvider(job.provider).read(job.body, job.contentType));
}

async function toItem(reading: MailReading): Promise<ParsedItem> {
  if (reading.form === 'item') return reading.item;
  if (reading.form === 'fields') {
    const files = reading.fields.files.length;
    return files > mailLimits.partsMax ? tooManyParts(files) : toMessage(reading.fields);
  }
  const raw = await readRaw(reading.bytes);
  if (raw.ok) return toMessage(raw.fields);
  return { kind: 'unreadable', reason: raw.reason, detail: raw.detail };
}

function tooManyParts(found: number): ParsedItem {
  const detail = `${found} files; at most ${mailLimits.partsMax} are read`;
  return { kind: 'unreadable', reason: 'too_many_parts', detail };
}
