/* Who brought an entry of the history about, and whether it can be taken back. Pure. */
import type { HistoryEntry } from '@kith/client';

/** A rule, or a person; the API key is what the person’s application called with. */
export const whoInWords = ({ reason }: Pick<HistoryEntry, 'reason'>): string =>
  reason === 'person' || reason === 'undo' ? 'by a person' : 'by a rule';

/** `API key 7f3a…`, for who wants to know exactly; undefined where no key called. */
export const keyInWords = ({ actor }: Pick<HistoryEntry, 'actor'>): string | undefined =>
  actor.startsWith('key:') ? `API key ${actor.slice('key:'.length)}` : undefined;

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
