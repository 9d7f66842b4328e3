import { extractIdentifiers } from './extract.ts';
import { hintsOf } from './hints.ts';
import type { PipelineReading } from './pipeline.ts';
import type { RecordReading } from './write-identifiers.ts';

/** A record as it is to be read. */
export interface ReadableRecord {
  recordId: string;
  holder: string;
  title: string | null;
  fields: Readonly<Record<string, unknown>>;
  /** Its own country for phone numbers without one: alpha-2. */
  defaultCountry: string | null;
}

/** Reads a record by its pipeline: what identifies it, what may suggest it, and what cannot be read. */
export function readRecord(
  record: ReadableRecord,
  pipeline: PipelineReading,
): RecordReading & { unreadable: { field: string; reason: string }[] } {
  const extraction = extractIdentifiers(record.fields, pipeline, record.defaultCountry);
  const { recordId, holder } = record;
  const { identifiers, unreadable } = extraction;
  return { recordId, holder, identifiers, hints: hintsOf(record.title, extraction), unreadable };
}
