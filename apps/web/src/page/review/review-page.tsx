import { ReviewQueue } from '@kith/react';

/** Where a person says what Kith does not guess. */
export function ReviewPage() {
  return (
    <div className="page">
      <h1>Review</h1>
      <ReviewQueue />
    </div>
  );
}
