import { ReviewQueue } from '@kith/react';
import { usePageTitle } from '../shell/page-title.ts';

/** Where a person says what Kith does not guess. */
export function ReviewPage() {
  usePageTitle('Review');
  return (
    <div className="review-page">
      <h1>Review</h1>
      <ReviewQueue />
    </div>
  );
}
