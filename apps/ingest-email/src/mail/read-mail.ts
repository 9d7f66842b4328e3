import type { ParsedItem } from '@kith/ingest/provider';
import type { MailReading } from './mail-fields.ts';
import { mailLimits, readRaw } from './read-raw.ts';
import { toMessage } from './to-message.ts';

/** The one item that a mail is, in whichever form its provider gave it. */
export async function readMail(reading: MailReading): Promise<ParsedItem> {
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
