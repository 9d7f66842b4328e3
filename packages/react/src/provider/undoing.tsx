/*
 * What was just decided, with a button that takes it back. One decision at a time: a later one takes the place of the
 * one before, which can still be undone from the history.
 */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useRef, useState } from 'react';
import { linksKey } from '../hooks/query-keys.ts';
import { describeFailure } from './failure.ts';
import { useKith } from './kith-context.ts';

/** A decision that was made. */
export interface Decision {
  /** What was done, in a few words: `Linked to Ana Lima`. */
  text: string;
  /** The entries of the history, as the write answered them. */
  eventIds: readonly string[];
  /** Takes back what stands in no history, after the entries: a record that was made for it. */
  alsoUndo?: () => Promise<unknown>;
}

type Told = { kind: 'done' | 'undone' | 'failed'; text: string; decision: Decision | null };

const shownMs = 12_000;
const UndoContext = createContext<((decision: Decision) => void) | null>(null);

/** Says that something was decided, and offers to undo it. */
export function useUndo(): (decision: Decision) => void {
  const tell = useContext(UndoContext);
  if (tell === null) throw new Error('useUndo needs a KithProvider above it');
  return tell;
}

/** Shows the last decision at the bottom of the page. */
export function Undoing({ children }: { children: ReactNode }) {
  const [told, setTold] = useState<Told | null>(null);
  const { undo, isUndoing } = useUndoing(setTold);
  const tell = useCallback(
    (decision: Decision) => setTold({ kind: 'done', text: decision.text, decision }),
    [],
  );
  useUndoKey(told?.kind === 'done' ? told.decision : null, undo);
  const timer = useTimer(told, () => setTold(null));
  return (
    <UndoContext value={tell}>
      {children}
      <div className="kith-toasts" role="status">
        {told !== null && (
          <p
            className={`kith-toast kith-toast-${told.kind}`}
            onMouseEnter={timer.stop}
            onMouseLeave={timer.start}
            onFocus={timer.stop}
            onBlur={timer.start}
          >
            <span>{told.text}</span>
            {told.decision !== null && (
              <button
                type="button"
                className="kith-button-quiet"
                aria-disabled={isUndoing}
                onClick={() => told.decision !== null && undo(told.decision)}
              >
                {told.kind === 'failed' ? 'Try again' : 'Undo'}
              </button>
            )}
            <button
              type="button"
              className="kith-button-quiet kith-toast-close"
              aria-label="Close"
              onClick={() => setTold(null)}
            >
              ×
            </button>
          </p>
        )}
      </div>
    </UndoContext>
  );
}

function useUndoing(setTold: (told: Told) => void) {
  const { client } = useKith();
  const cache = useQueryClient();
  const [isUndoing, setUndoing] = useState(false);
  const undo = async (decision: Decision) => {
    if (isUndoing) return;
    setUndoing(true);
    try {
      await client.write.participants.undoMany.mutate({ eventIds: [...decision.eventIds] });
      await decision.alsoUndo?.();
      setTold({ kind: 'undone', text: `Undone: ${decision.text}`, decision: null });
    } catch (err) {
      const { title, advice } = describeFailure(err, navigator.onLine);
      setTold({ kind: 'failed', text: `Not undone. ${title}: ${advice}`, decision });
    }
    setUndoing(false);
    await cache.invalidateQueries({ queryKey: linksKey });
  };
  return { undo: (decision: Decision) => void undo(decision), isUndoing };
}

/** Ctrl+Z and ⌘Z undo the decision that is shown, unless somebody is typing. */
function useUndoKey(decision: Decision | null, undo: (decision: Decision) => void) {
  useEffect(() => {
    if (decision === null) return;
    const onKey = (event: KeyboardEvent) => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      if (!isUndo || isTyping(event.target)) return;
      event.preventDefault();
      undo(decision);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });
}

/** Whether keys pressed there are text. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}

/** Ends what is told after a while, except while somebody points at it. */
function useTimer(told: Told | null, end: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const endRef = useRef(end);
  useEffect(() => {
    endRef.current = end;
  });
  const stop = useCallback(() => clearTimeout(timer.current), []);
  const start = useCallback(() => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => endRef.current(), shownMs);
  }, []);
  useEffect(() => {
    if (told !== null && told.kind !== 'failed') start();
    return stop;
  }, [told, start, stop]);
  return { start, stop };
}
