/* What is told at the bottom of the page, for a while; longer while somebody points at it or has the keyboard there. */
import { type FocusEvent, useCallback, useEffect, useRef } from 'react';

/** A decision, one that was taken back, or one that failed. */
export type ToldKind = 'done' | 'undone' | 'failed';

const shownMs = 12_000;

/** What is told, with its buttons. Without `onUndo` there is nothing to take back. */
export function Toast(props: {
  told: { kind: ToldKind; text: string };
  isUndoing: boolean;
  onUndo?: () => void;
  onClose: () => void;
}) {
  const { told, isUndoing, onUndo, onClose } = props;
  const timer = useTimer(told, onClose);
  const focus = useFocusBack();
  return (
    <p
      className={`kith-toast kith-toast-${told.kind}`}
      onMouseEnter={timer.stop}
      onMouseLeave={timer.start}
      onFocus={(event) => {
        timer.stop();
        focus.came(event);
      }}
      onBlur={timer.start}
    >
      <span>{told.text}</span>
      {onUndo !== undefined && (
        <button
          type="button"
          className="kith-button-quiet"
          aria-disabled={isUndoing}
          onClick={() => {
            focus.giveBack();
            onUndo();
          }}
        >
          {told.kind === 'failed' ? 'Try again' : 'Undo'}
        </button>
      )}
      <button
        type="button"
        className="kith-button-quiet kith-toast-close"
        aria-label="Close"
        onClick={() => {
          focus.giveBack();
          onClose();
        }}
      >
        ×
      </button>
    </p>
  );
}

/** The keyboard goes on where it was before it came to what is told, which is about to disappear. */
function useFocusBack() {
  const before = useRef<HTMLElement | null>(null);
  return {
    came: ({ relatedTarget, currentTarget }: FocusEvent<HTMLElement>) => {
      const isFromOutside = relatedTarget instanceof HTMLElement && !currentTarget.contains(relatedTarget);
      if (isFromOutside) before.current = relatedTarget;
    },
    giveBack: () => {
      if (before.current?.isConnected === true) before.current.focus();
    },
  };
}

/** Ends what is told after a while, unless it failed: that is to be read. */
function useTimer(told: { kind: ToldKind }, end: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const endRef = useRef(end);
  useEffect(() => {
    endRef.current = end;
  });
  const stop = useCallback(() => clearTimeout(timer.current), []);
  const start = useCallback(() => {
    clearTimeout(timer.current);
    if (told.kind !== 'failed') timer.current = setTimeout(() => endRef.current(), shownMs);
  }, [told]);
  useEffect(() => {
    start();
    return stop;
  }, [start, stop]);
  return { start, stop };
}
