/* What one can say in the review. Each answer takes its items out of the list at once, and tells when it fails. */
import type { ReviewItem } from '@kith/client';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { linkKeys, linksKey } from '../hooks/query-keys.ts';
import { useDecisions } from '../hooks/use-decisions.ts';
import type { ReviewPages } from '../hooks/use-review-queue.ts';
import { useTellFailure } from '../provider/undoing.tsx';
import { type Choice, withoutChoice } from './choices.ts';
import type { Leaving } from './use-leaving.ts';

/** The answers. */
export interface ReviewActs {
  choose: (item: ReviewItem, choice: Choice) => void;
  reject: (item: ReviewItem, choice: Choice) => void;
  link: (ids: readonly string[], record: { recordId: string; title: string | null }) => void;
  create: (item: ReviewItem) => void;
  dismiss: (ids: readonly string[]) => void;
}

/** The answers for a list; `onLeave` hears which items go before they are gone. */
export function useReviewActs({
  leaving,
  onLeave,
}: {
  leaving: Leaving;
  onLeave: (ids: readonly string[]) => void;
}): ReviewActs {
  const decisions = useDecisions();
  const cache = useQueryClient();
  const tellFailure = useTellFailure();
  const leave = (ids: readonly string[], decide: () => Promise<unknown>, failed: string) => {
    onLeave(ids);
    leaving.whileDeciding(ids, decide).catch((err: unknown) => tellFailure(failed, err));
  };
  const ruleOut = (item: ReviewItem, choice: Choice) => {
    const change = (pages: ReviewPages | undefined) =>
      mapItem(pages, item, (now) => withoutChoice(now, choice.recordId) ?? now);
    cache.setQueriesData<ReviewPages>({ queryKey: [...linksKey, 'review'] }, change);
    // A failure needs no more than its words: what was decided is read again in any case.
    decisions.reject(item.participant.id, choice).catch((err: unknown) => tellFailure('Not ruled out', err));
  };
  return {
    choose: (item, choice) =>
      leave(
        [item.participant.id],
        () => decisions.link([item.participant.id], { ...choice, title: titleOf(cache, choice) }),
        'Not linked',
      ),
    reject: (item, choice) =>
      withoutChoice(item, choice.recordId) === null
        ? leave(
            [item.participant.id],
            () => decisions.reject(item.participant.id, { ...choice, title: titleOf(cache, choice) }),
            'Not ruled out',
          )
        : ruleOut(item, choice),
    link: (ids, record) => leave(ids, () => decisions.link(ids, record), 'Not linked'),
    create: (item) =>
      leave([item.participant.id], () => decisions.createRecord(item.participant), 'No record made'),
    dismiss: (ids) => leave(ids, () => decisions.dismiss(ids), 'Not dismissed'),
  };
}

function mapItem(
  pages: ReviewPages | undefined,
  { participant }: ReviewItem,
  change: (item: ReviewItem) => ReviewItem,
): ReviewPages | undefined {
  if (pages === undefined) return undefined;
  const changed = (item: ReviewItem) => (item.participant.id === participant.id ? change(item) : item);
  return { ...pages, pages: pages.pages.map((page) => ({ ...page, items: page.items.map(changed) })) };
}

/** The list does not tell the title of the record that somebody is linked to now; its card has read it. */
function titleOf(cache: QueryClient, { recordId, title }: Choice): string | null {
  if (title !== null) return title;
  return cache.getQueryData<{ title: string | null }>(linkKeys.record(recordId))?.title ?? null;
}
