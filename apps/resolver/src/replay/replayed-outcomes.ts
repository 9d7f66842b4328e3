/*
 * How dead letters end, by what their body holds when it is read again. Pure.
 *
 * A body of as many items as before has each in its place. One that became more, or fewer, is looked at as a whole: it
 * ends as what the best of its items is, but stays dead while one of them cannot be read, which nobody would see otherwise.
 */
import type { DeliveryItem } from '@kith/contracts';
import type { Outcome, Settled } from '../apply/accounting.ts';

/** A dead letter as it is: its place, and why. */
export interface Dead {
  index: number;
  reason: string;
}

/** What a dead letter is now. `detail` is there while it stays dead. */
export interface Ended {
  dead: Dead;
  outcome: Outcome;
  detail: string;
}

/** Those of the items that are to be applied: the dead ones where they can be told apart. */
export function chooseItems(
  items: readonly DeliveryItem[],
  dead: readonly Dead[],
  itemCount: number,
): { items: DeliveryItem[]; isByPlace: boolean } {
  if (items.length !== itemCount) return { items: [...items], isByPlace: false };
  return { items: dead.flatMap(({ index }) => items[index] ?? []), isByPlace: true };
}

/** How each ends. `settled` is of the chosen items. */
export function endDead(
  dead: readonly Dead[],
  { outcomes, details, arrived }: Settled,
  isByPlace: boolean,
): Ended[] {
  const isHistory = arrived.delivery.origin === 'sync';
  const whole = bestOf(outcomes);
  return dead.map((one, place) => {
    const at = isByPlace ? place : whole;
    const outcome = outcomes[at] ?? { outcome: 'ignored', reason: 'nothing_for_us' };
    return keepWhatWasRead({ dead: one, outcome, detail: details.get(at) ?? '' }, isHistory);
  });
}

const ranks: Record<Outcome['outcome'], number> = { dead_lettered: 0, stored: 1, duplicate: 2, ignored: 3 };

/** The place of the outcome that stands for all. */
function bestOf(outcomes: readonly Outcome[]): number {
  const best = Math.min(...outcomes.map(({ outcome }) => ranks[outcome]));
  return outcomes.findIndex(({ outcome }) => ranks[outcome] === best);
}

/**
 * An item of history that could only not be written was read once, and is not given up where today's reader finds nothing
 * in its page: the page may be of another making, as what `kith migrate` published is.
 */
function keepWhatWasRead(ended: Ended, isHistory: boolean): Ended {
  const { dead, outcome } = ended;
  const isGivenUp = outcome.outcome === 'ignored' && outcome.reason !== 'erased';
  if (!isHistory || dead.reason !== 'write_failed' || !isGivenUp) return ended;
  const detail = `read again, its page holds nothing for us (${outcome.reason ?? 'no reason'})`;
  return { dead, outcome: { outcome: 'dead_lettered', reason: 'write_failed' }, detail };
}
