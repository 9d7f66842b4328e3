import type { Activity } from '@kith/client';

/** An activity, or the start of the subscription, after which anything may have happened before. */
export type Happening = Pick<Activity, 'reason' | 'messageId'> | { reason: 'start'; messageId?: undefined };

interface Page {
  items: readonly { id: string }[];
}

/**
 * Whether the freshly read newest page, merged into what is shown, tells all that happened. A new message has to be
 * shown by now; it may be an old one that was fetched. A message that changed has to be on the fresh page, because
 * the others are as they were, or not be shown at all.
 */
export function isTold(
  happenings: readonly Happening[],
  { fresh, shown }: { fresh: Page; shown: readonly Page[] },
): boolean {
  if (shown.length <= 1 && shown[0]?.items.length === fresh.items.length) return true;
  const isFresh = new Set(fresh.items.map(({ id }) => id));
  const isShown = new Set(shown.flatMap(({ items }) => items.map(({ id }) => id)));
  return happenings.every(({ reason, messageId }) => {
    if (reason === 'changed') {
      return messageId !== undefined && (isFresh.has(messageId) || !isShown.has(messageId));
    }
    return messageId === undefined || isShown.has(messageId) || shown.length === 1;
  });
}
