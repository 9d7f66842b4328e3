import { useState } from 'react';
import { useDecisions } from '../hooks/use-decisions.ts';
import { useTellFailure } from '../provider/undoing.tsx';

/** Takes back an entry of the history, whenever it was made. `what` tells it from the other buttons beside it. */
export function UndoButton({ eventId, what }: { eventId: string; what: string }) {
  const decisions = useDecisions();
  const tellFailure = useTellFailure();
  const [isBusy, setBusy] = useState(false);
  const undo = async () => {
    if (isBusy) return;
    setBusy(true);
    await decisions.undo(eventId).catch((err: unknown) => tellFailure('Not undone', err));
    setBusy(false);
  };
  return (
    <button
      type="button"
      className="kith-button-quiet"
      aria-label={`Undo: ${what}`}
      aria-disabled={isBusy}
      onClick={() => void undo()}
    >
      Undo
    </button>
  );
}
