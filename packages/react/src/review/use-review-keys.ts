/*
 * The keyboard of the review. An answer moves on to the next item, so its key, pressed twice, would answer that one
 * too: the second press within a moment does nothing, nor does a key that is held.
 */
import { useRef } from 'react';
import { useKeys } from '../hooks/use-keys.ts';

/** What the keys do. */
export interface ReviewKeys {
  move: (by: 1 | -1) => void;
  /** Moves, and takes what is passed into the selection. */
  extend: (by: 1 | -1) => void;
  select: () => void;
  extendHere: () => void;
  clear: () => void;
  choose: (digit: number) => void;
  reject: (digit: number) => void;
  linkElsewhere: () => void;
  create: () => void;
  dismiss: () => void;
}

const againMs = 400;

/** Listens while the review is shown. */
export function useReviewKeys(keys: ReviewKeys): void {
  const last = useRef({ key: '', at: Number.NEGATIVE_INFINITY });
  useKeys((event) => {
    const act = actOf(event, keys);
    if (act === null) return false;
    if (!act.isAnswer) {
      act.run();
      return true;
    }
    const isAgain = event.code === last.current.key && event.timeStamp - last.current.at < againMs;
    if (event.repeat || isAgain) return true;
    last.current = { key: event.code, at: event.timeStamp };
    act.run();
    return true;
  });
}

interface Act {
  run: () => void;
  isAnswer: boolean;
}

function actOf(event: KeyboardEvent, keys: ReviewKeys): Act | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  if (digit !== undefined) {
    const number = Number(digit);
    return { run: () => (event.shiftKey ? keys.reject(number) : keys.choose(number)), isAnswer: true };
  }
  const run = (event.shiftKey ? shifted : plain)[event.key.toLowerCase()]?.(keys);
  return run === undefined ? null : { run, isAnswer: answers.has(event.key.toLowerCase()) };
}

type Table = Readonly<Record<string, (keys: ReviewKeys) => () => void>>;

const answers: ReadonlySet<string> = new Set(['c', 'd']);

const plain: Table = {
  j: (keys) => () => keys.move(1),
  arrowdown: (keys) => () => keys.move(1),
  k: (keys) => () => keys.move(-1),
  arrowup: (keys) => () => keys.move(-1),
  x: (keys) => keys.select,
  escape: (keys) => keys.clear,
  l: (keys) => keys.linkElsewhere,
  c: (keys) => keys.create,
  d: (keys) => keys.dismiss,
};

const shifted: Table = {
  j: (keys) => () => keys.extend(1),
  arrowdown: (keys) => () => keys.extend(1),
  k: (keys) => () => keys.extend(-1),
  arrowup: (keys) => () => keys.extend(-1),
  x: (keys) => keys.extendHere,
};
