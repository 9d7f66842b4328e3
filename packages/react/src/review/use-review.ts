/* What the review holds while it is shown: what is looked at and selected, what leaves, and what the keys do. */
import type { ReviewItem } from '@kith/client';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useSelection } from '../hooks/use-selection.ts';
import { choicesOf } from './choices.ts';
import { useCurrent } from './use-current.ts';
import { useLeaving } from './use-leaving.ts';
import { useReviewActs } from './use-review-acts.ts';
import { useReviewKeys } from './use-review-keys.ts';

const idOf = ({ participant }: ReviewItem): string => participant.id;

/** The review of what is loaded. */
export function useReview(loaded: readonly ReviewItem[]) {
  const leaving = useLeaving();
  const items = useMemo(() => loaded.filter((item) => !leaving.ids.has(idOf(item))), [loaded, leaving.ids]);
  const order = useMemo(() => items.map(idOf), [items]);
  const selection = useSelection(order);
  const current = useCurrent(items);
  const comeBack = useComeBack(items, current.goTo);
  const [isOpen, setOpen] = useState(false);
  const [asked, setAsked] = useState<readonly ReviewItem[]>([]);
  const acts = useReviewActs({
    leaving,
    onLeave: (ids) => {
      comeBack.left(ids);
      current.leave(ids);
    },
  });
  const only = current.isGone || current.item === null ? [] : [current.item];
  const chosen = selection.ids.length === 0 ? only : items.filter((item) => selection.has(idOf(item)));
  const choose = (digit: number, answer: 'choose' | 'reject') => {
    // With several selected, a digit would answer for one of them only.
    const item = selection.ids.length === 0 ? only[0] : undefined;
    const choice = item === undefined ? undefined : choicesOf(item)[digit - 1];
    if (item !== undefined && choice !== undefined) acts[answer](item, choice);
  };
  const dismiss = () => {
    if (chosen.length === 0) return;
    selection.clear();
    acts.dismiss(chosen.map(idOf));
  };
  const step = (by: 1 | -1, isExtension: boolean) => {
    const from = current.item;
    const to = current.move(by);
    if (!isExtension || to === null) return;
    if (selection.ids.length === 0 && from !== null) selection.toggle(idOf(from));
    selection.extendTo(idOf(to));
  };
  useReviewKeys({
    move: (by) => step(by, false),
    extend: (by) => step(by, true),
    select: () => current.item !== null && selection.toggle(idOf(current.item)),
    extendHere: () => current.item !== null && selection.extendTo(idOf(current.item)),
    clear: selection.clear,
    choose: (digit) => choose(digit, 'choose'),
    reject: (digit) => choose(digit, 'reject'),
    linkElsewhere: () => setAsked(chosen),
    create: () => selection.ids.length === 0 && only[0] !== undefined && acts.create(only[0]),
    dismiss,
  });
  return {
    items,
    current,
    selection,
    acts,
    dismiss,
    isOpen,
    show: (item: ReviewItem) => {
      current.show(item);
      setOpen(true);
    },
    close: () => setOpen(false),
    askForRecord: () => setAsked(chosen),
    askForRecordOfOne: () => setAsked(only),
    dialog: {
      names: asked.map(({ participant }) => participant.displayName ?? participant.identifier),
      onClose: () => setAsked([]),
      onPick: (record: { recordId: string; title: string | null }) => {
        selection.clear();
        acts.link(asked.map(idOf), record);
      },
    },
  };
}

/** Looks again at what was answered when it comes back: it was undone, or the answer failed. */
function useComeBack(items: readonly ReviewItem[], goTo: (item: ReviewItem) => void) {
  const gone = useRef<{ ids: readonly string[]; haveLeft: boolean }>({ ids: [], haveLeft: false });
  useEffect(() => {
    const { ids, haveLeft } = gone.current;
    const back = items.find((item) => ids.includes(idOf(item)));
    if (back === undefined) gone.current = { ids, haveLeft: true };
    else if (haveLeft) {
      gone.current = { ids: [], haveLeft: false };
      goTo(back);
    }
  });
  return {
    left: (ids: readonly string[]) => {
      gone.current = { ids, haveLeft: false };
    },
  };
}
