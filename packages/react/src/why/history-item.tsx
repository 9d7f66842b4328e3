import type { HistoryEntry } from '@kith/client';
import type { ReactNode } from 'react';
import { Moment } from '../parts/moment.tsx';
import { canUndo, keyInWords, whoInWords } from './history-words.ts';
import { UndoButton } from './undo-button.tsx';

/** An entry of the history: what happened, when and by whom, and the way to take it back. */
export function HistoryItem(props: {
  entry: HistoryEntry;
  /** Whom and what it is about, where the place does not say it. */
  about?: ReactNode;
  /** Whether to offer Undo at all; what has no effect any more offers none. */
  isUndoable?: boolean;
}) {
  const { entry, about, isUndoable = true } = props;
  return (
    <li
      className="kith-history-item"
      id={idOf(entry.eventId)}
      tabIndex={-1}
      data-undone={entry.undone || undefined}
    >
      {about}
      <p className="kith-history-text">{entry.text}</p>
      <p className="kith-history-facts">
        <Moment at={entry.at} />
        <span title={keyInWords(entry)}>{whoInWords(entry)}</span>
        {entry.undone && <span className="kith-tag">Undone</span>}
        {entry.undoes !== null && <EntryLink eventId={entry.undoes}>takes back an earlier entry</EntryLink>}
        {entry.causedBy !== null && !entry.undone && (
          <EntryLink eventId={entry.causedBy}>followed from another entry; undo that one</EntryLink>
        )}
        {isUndoable && canUndo(entry) && <UndoButton eventId={entry.eventId} what={entry.text} />}
      </p>
    </li>
  );
}

/** Leads to another entry of the list where it is there. */
function EntryLink({ eventId, children }: { eventId: string; children: ReactNode }) {
  return (
    <button
      type="button"
      className="kith-button-quiet"
      onClick={() => {
        const entry = document.getElementById(idOf(eventId));
        entry?.scrollIntoView({ block: 'center' });
        entry?.focus({ preventScroll: true });
      }}
    >
      {children}
    </button>
  );
}

const idOf = (eventId: string): string => `kith-entry-${eventId}`;
