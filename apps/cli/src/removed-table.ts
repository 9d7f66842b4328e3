/*
 * What a clear or an erasure removed, for a person to read: by what it is, not by table.
 */
import type { TableRow } from './terminal.ts';

/** Labels of tables, in the order in which they are shown; an indented one belongs to the row before. */
const labels: readonly (readonly [table: string, label: string, indent?: boolean])[] = [
  ['conversation', 'Conversations'],
  ['conversation_participant', 'people in them', true],
  ['conversation_key', 'ids at their providers', true],
  ['conversation_alias', 'former ids', true],
  ['message', 'Messages'],
  ['message_participant', 'people named', true],
  ['message_sighting', 'sightings by accounts', true],
  ['message_status', 'statuses', true],
  ['message_change', 'edits and deletions', true],
  ['message_reaction', 'reactions', true],
  ['attachment', 'Attachments'],
  ['media', 'fetched files', true],
  ['participant', 'Participants'],
  ['participant_identifier', 'identifiers', true],
  ['participant_clue', 'clues', true],
  ['participant_relation', 'connections and contacts', true],
  ['participant_decision', 'decisions of people', true],
  ['participant_separation', 'separations', true],
  ['link_event', 'History entries'],
  ['dead_letter', 'Dead letters'],
  ['sync', 'Syncs'],
  ['sync_part', 'parts', true],
  ['record', 'Records'],
  ['record_identifier', 'identifiers', true],
  ['record_hint', 'hints', true],
  ['pipeline', 'Pipelines'],
  ['account', 'Accounts'],
  ['account_identifier', 'own identities', true],
];

/** The rows of what went; what did not go is left out. */
export function removedRows(removed: Readonly<Record<string, number>>): TableRow[] {
  const known = new Set(labels.map(([table]) => table));
  const others = Object.keys(removed).filter((table) => !known.has(table));
  return [...labels, ...others.map((table) => [table, table] as const)].flatMap(([table, label, indent]) => {
    const count = removed[table] ?? 0;
    return count === 0
      ? []
      : [{ label, value: count.toLocaleString('en'), ...(indent === true ? { indent } : {}) }];
  });
}

/** Adds up what several calls removed. */
export function addRemoved(
  total: Readonly<Record<string, number>>,
  more: Readonly<Record<string, number>>,
): Record<string, number> {
  const tables = [...new Set([...Object.keys(total), ...Object.keys(more)])];
  return Object.fromEntries(tables.map((table) => [table, (total[table] ?? 0) + (more[table] ?? 0)]));
}
