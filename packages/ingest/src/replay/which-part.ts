/*
 * Which part of a body a delivery is. A body of many items became several deliveries, and only the ids of the later ones
 * tell which they are, once the first one's is known.
 */
import type { ReplayTask } from '@kith/contracts';
import { deliveryIdOf, itemsMax } from '../work/publish-deliveries.ts';

/** The part that the delivery is today, and those that belong to no other delivery. */
export interface WhichPart {
  part: number;
  further: number[];
}

/** Of a body that has so many parts today. */
export function whichPart(
  { deliveryId, itemCount, arrivedWith }: Pick<ReplayTask, 'deliveryId' | 'itemCount' | 'arrivedWith'>,
  partCount: number,
): WhichPart {
  const parts = Array.from({ length: partCount }, (_, part) => part);
  const later = parts
    .slice(1)
    .find((part) => arrivedWith.some((id) => deliveryIdOf(id, part) === deliveryId));
  if (later !== undefined) return { part: later, further: [] };
  // A first part that is not full was all of the body.
  return { part: 0, further: itemCount < itemsMax ? parts.slice(1) : [] };
}
