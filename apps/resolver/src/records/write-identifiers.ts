/*
 * What records are known by, written as a set: rows that stay are not touched (`since` says since when), and only
 * what came or went is answered. Hints are written the same way; nobody is resolved for them, they only suggest.
 */
import type { Identifier } from '@kith/contracts';
import { rowSet, textArray, type Tx } from '@kith/database';
import { sql } from 'drizzle-orm';
import type { FieldIdentifier } from './extract.ts';
import type { RecordHint } from './hints.ts';

/** What one record's fields gave. */
export interface RecordReading {
  recordId: string;
  /** Whom it identifies: the record itself, or the one that it was merged into. */
  holder: string;
  identifiers: readonly FieldIdentifier[];
  hints: readonly RecordHint[];
}

/** What changed: identifiers that were lost, and those that were gained, each by the record that it identifies. */
export interface ChangedIdentifiers {
  lost: Identifier[];
  gained: (Identifier & { recordId: string })[];
}

/** Makes the records' identifiers and hints exactly these, and answers what any of them gained or lost. */
export async function writeReadings(
  tx: Tx,
  readings: readonly RecordReading[],
  at: string,
): Promise<ChangedIdentifiers> {
  const sources = readings.map(({ recordId }) => recordId);
  const changed = await replaceIdentifiers(tx, { sources, readings, at });
  await replaceHints(tx, sources, readings);
  return changed;
}

async function replaceIdentifiers(
  tx: Tx,
  { sources, readings, at }: { sources: string[]; readings: readonly RecordReading[]; at: string },
): Promise<ChangedIdentifiers> {
  const rows = readings.flatMap(({ recordId, holder, identifiers }) =>
    identifiers.map((found) => ({ ...found, source: recordId, holder })),
  );
  const input = rowSet(rows, 'kind text, value text, source text, holder text, field text');
  const lost = await tx.rows<Identifier>(sql`
    delete from record_identifier ri
    where ri.workspace_id = ${tx.workspace} and ri.source_record_id = any(${textArray(sources)})
      and not exists (
        select 1 from ${input}
        where input.kind = ri.kind and input.value = ri.value and input.source = ri.source_record_id
          and input.holder = ri.record_id and input.field = ri.field)
    returning ri.kind, ri.value`);
  if (rows.length === 0) return { lost, gained: [] };
  const gained = await tx.rows<Identifier & { recordId: string }>(sql`
    insert into record_identifier (workspace_id, kind, value, record_id, source_record_id, field, since)
    select ${tx.workspace}, kind, value, holder, source, field, ${at}::timestamptz from ${input}
    on conflict do nothing
    returning kind, value, record_id as "recordId"`);
  return { lost, gained };
}

async function replaceHints(tx: Tx, sources: string[], readings: readonly RecordReading[]): Promise<void> {
  const rows = readings.flatMap(({ recordId, holder, hints }) =>
    hints.map((found) => ({ ...found, source: recordId, holder })),
  );
  const input = rowSet(rows, 'key text, source text, holder text, field text, shown text');
  await tx.rows(sql`
    delete from record_hint h
    where h.workspace_id = ${tx.workspace} and h.source_record_id = any(${textArray(sources)})
      and not exists (
        select 1 from ${input}
        where input.key = h.key and input.source = h.source_record_id and input.holder = h.record_id
          and input.field = h.field and input.shown = h.shown)`);
  if (rows.length === 0) return;
  await tx.rows(sql`
    insert into record_hint (workspace_id, key, record_id, source_record_id, field, shown)
    select ${tx.workspace}, key, holder, source, field, shown from ${input}
    on conflict do nothing`);
}
