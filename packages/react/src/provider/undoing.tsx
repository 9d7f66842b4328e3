/*
 * What was just decided, with a button that takes it back, or why it could not be. One at a time: a later one takes the
 * place of the one before, which can still be undone from the history.
 */
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { linksKey } from '../hooks/query-keys.ts';
import { describeFailure } from './failure.ts';
import { useKith } from './kith-context.ts';
import { Toast, type ToldKind } from './toast.tsx';
import { isTyping } from './typing.ts';

/** A decision that was made. */
export interface Decision {
  /** What was done, in a few words: `Linked to Ana Lima`. */
  text: string;
  /** The entries of the history, as the write answered them. */
  eventIds: readonly string[];
  /** Takes back what stands in no history, after the entries: a record that was made for it. */
  alsoUndo?: () => Promise<unknown>;
}

type Told = { kind: ToldKind; text: string; decision: Decision | null };

const UndoContext = createContext<Teller | null>(null);

interface Teller {
  decided: (decision: Decision) => void;
  failed: (what: string, err: unknown) => void;
}

/** Says that something was decided, and offers to undo it. */
export function useUndo(): (decision: Decision) => void {
  return useTeller().decided;
}

/** Says where decisions are told that one was not taken, and why: `Not linked`. */
export function useTellFailure(): (what: string, err: unknown) => void {
  return useTeller().failed;
}

function useTeller(): Teller {
  const teller = useContext(UndoContext);
  if (teller === null) throw new Error('what is decided is told by a KithProvider above');
  return teller;
}

/** Shows the last decision at the bottom of the page. */
export function Undoing({ children }: { children: ReactNode }) {
  const [told, setTold] = useState<Told | null>(null);
  const { undo, isUndoing } = useUndoing(setTold);
  const teller = useMemo(
    () => ({
      decided: (decision: Decision) => setTold({ kind: 'done', text: decision.text, decision }),
      failed: (what: string, err: unknown) =>
        setTold({ kind: 'failed', text: `${what}. ${inWords(err)}`, decision: null }),
    }),
    [],
  );
  const undoable = told?.decision ?? null;
  useUndoKey(told?.kind === 'done' && canUndo(undoable) ? undoable : null, undo);
  const close = useCallback(() => setTold(null), []);
  return (
    <UndoContext value={teller}>
      {children}
      <div className="kith-toasts" role="status">
        {told !== null && (
          <Toast
            told={told}
            isUndoing={isUndoing}
            {...(canUndo(undoable) ? { onUndo: () => undo(undoable) } : {})}
            onClose={close}
          />
        )}
      </div>
    </UndoContext>
  );
}

/** Whether there is something to take back: a decision that changed nothing has no entries. */
function canUndo(decision: Decision | null): decision is Decision {
  return decision !== null && (decision.eventIds.length > 0 || decision.alsoUndo !== undefined);
}

function inWords(err: unknown): string {
  const { title, advice } = describeFailure(err, navigator.onLine);
  return `${title}. ${advice}`;
}

function useUndoing(setTold: (told: Told) => void) {
  const { client } = useKith();
  const cache = useQueryClient();
  const [isUndoing, setUndoing] = useState(false);
  // A key that is pressed twice comes before the page is drawn anew.
  const isBusy = useRef(false);
  const undo = async (decision: Decision) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setUndoing(true);
    // What is undone already is not tried again.
    let left = decision;
    try {
      if (decision.eventIds.length > 0) {
        await client.write.participants.undoMany.mutate({ eventIds: [...decision.eventIds] });
        left = { ...decision, eventIds: [] };
      }
      await decision.alsoUndo?.();
      setTold({ kind: 'undone', text: `Undone: ${decision.text}`, decision: null });
    } catch (err) {
      setTold({ kind: 'failed', text: `Not undone. ${inWords(err)}`, decision: left });
    }
    isBusy.current = false;
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
