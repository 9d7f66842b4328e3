/* Who brought an entry of the history about, and whether it can be taken back. Pure. */
import type { HistoryEntry } from '@kith/client';

/** `a rule`, `a person`; the key that a person called with, where the entry tells it. */
export function whoInWords({ actor, reason }: Pick<HistoryEntry, 'actor' | 'reason'>): string {
  const isPerson = reason === 'person' || reason === 'undo';
  if (!isPerson) return 'by a rule';
  return actor.startsWith('key:') ? `by a person (key ${actor.slice('key:'.length)})` : 'by a person';
}

type Undoable = Pick<
  HistoryEntry,
  'action' | 'reason' | 'undone' | 'causedBy' | 'recordId' | 'previousRecordId'
>;

/**
 * Whether there is something to take back: what a person said, or a link that a rule changed. What followed from another
 * entry goes with that one. Something later may still stand in the way; the answer says so then.
 */
export function canUndo(entry: Undoable): boolean {
  if (entry.undone || entry.causedBy !== null || entry.action === 'internal') return false;
  if (entry.reason === 'person' || entry.reason === 'undo') return true;
  return entry.action === 'merged' || entry.action === 'split' || entry.recordId !== entry.previousRecordId;
}
