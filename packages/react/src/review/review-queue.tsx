/*
 * Participants that wait for a person’s word: who they are on the left, the records that each may be on the right. One
 * key answers and moves on; what was answered can be taken back. What others settle meanwhile leaves the list without
 * moving what one looks at.
 */
import { useState } from 'react';
import { type ReviewFilter, useReviewQueue } from '../hooks/use-review-queue.ts';
import { useWorkspaceEvents } from '../hooks/use-workspace-events.ts';
import { MoreButton } from '../parts/more-button.tsx';
import { EmptyNotice, FailureNotice, StaleBanner } from '../parts/notices.tsx';
import { SelectAllBox } from '../parts/select-box.tsx';
import { SkeletonRows } from '../parts/skeleton.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { LinkDialog } from '../parts/link-dialog.tsx';
import { ReviewDetail } from './review-detail.tsx';
import { firstFilter, ReviewFilters } from './review-filters.tsx';
import { ReviewList } from './review-list.tsx';
import { useReview } from './use-review.ts';

/** Participants that wait for a person’s word, with their candidates and the evidence for each. */
export function ReviewQueue() {
  const [filter, setFilter] = useState(firstFilter);
  useWorkspaceEvents('links');
  return (
    <section className="kith-review" aria-label="Review">
      <ReviewFilters filter={filter} onChange={setFilter} />
      <Queue key={`${filter.reasons.join()} ${filter.channel}`} filter={filter} />
    </section>
  );
}

function Queue({ filter }: { filter: ReviewFilter }) {
  const queue = useReviewQueue(filter);
  const review = useReview(queue.items);
  const { items, current, selection, acts } = review;
  if (queue.isPending) return <SkeletonRows rows={8} what="who waits" />;
  if (queue.isLoadingError) {
    return <FailureNotice err={queue.error} onRetry={() => void queue.refetch()} />;
  }
  if (current.item === null && !queue.hasNextPage) return <NobodyWaits filter={filter} />;
  return (
    <div className="kith-review-panes" data-shows={review.isOpen ? 'detail' : 'list'}>
      <div className="kith-review-side">
        {queue.isRefetchError && <StaleBanner err={queue.error} />}
        <div className="kith-review-head">
          <SelectAllBox total={items.length} selection={selection} />
          {selection.ids.length > 0 && (
            <BulkBar
              count={selection.ids.length}
              onLink={review.askForRecord}
              onDismiss={review.dismiss}
              onClear={selection.clear}
            />
          )}
        </div>
        <ReviewList
          items={items}
          currentId={current.item?.participant.id ?? null}
          selection={selection}
          onShow={review.show}
        />
        {queue.hasNextPage && (
          <MoreButton
            isLoading={queue.isFetchingNextPage}
            hasFailed={queue.isFetchNextPageError}
            onMore={() => void queue.fetchNextPage()}
          />
        )}
      </div>
      {current.item !== null && (
        <ReviewDetail
          key={current.item.participant.id}
          item={current.item}
          isGone={current.isGone}
          acts={acts}
          onLinkElsewhere={review.askForRecordOfOne}
          onBack={review.close}
        />
      )}
      <LinkDialog {...review.dialog} />
    </div>
  );
}

function NobodyWaits({ filter }: { filter: ReviewFilter }) {
  if (filter.reasons.includes('unlinked')) {
    return (
      <EmptyNotice title="Everybody is linked">
        Whoever writes and fits no record is listed here, most messages first.
      </EmptyNotice>
    );
  }
  return (
    <EmptyNotice title="Nothing waits for you">
      Everybody whose address or number is that of one record is linked to it. Who fits several records, or is
      linked while another record claims them, is listed here for you to decide.
    </EmptyNotice>
  );
}
