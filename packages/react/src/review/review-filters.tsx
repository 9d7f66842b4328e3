import type { Channel, ReviewItem } from '@kith/client';
import type { ReviewFilter } from '../hooks/use-review-queue.ts';
import { channelNames } from '../words/words.ts';
import { reasonWords } from './review-words.ts';

const kinds: readonly { name: string; reasons: readonly ReviewItem['reason'][] }[] = [
  { name: 'To decide', reasons: ['ambiguous', 'contested'] },
  { name: reasonWords.ambiguous, reasons: ['ambiguous'] },
  { name: reasonWords.contested, reasons: ['contested'] },
  { name: reasonWords.unlinked, reasons: ['unlinked'] },
];

/** What is shown first: all that needs a decision. */
export const firstFilter: ReviewFilter = { reasons: ['ambiguous', 'contested'], channel: null };

const channels = [null, ...(Object.keys(channelNames) as Channel[])];

/** Which of those who wait are listed. */
export function ReviewFilters(props: { filter: ReviewFilter; onChange: (filter: ReviewFilter) => void }) {
  const { filter, onChange } = props;
  return (
    <div className="kith-filters">
      <div role="group" aria-label="Why they wait">
        {kinds.map(({ name, reasons }) => (
          <button
            key={name}
            type="button"
            className="kith-filter"
            aria-pressed={reasons.join() === filter.reasons.join()}
            onClick={() => onChange({ ...filter, reasons })}
          >
            {name}
          </button>
        ))}
      </div>
      <div role="group" aria-label="Channel">
        {channels.map((channel) => (
          <button
            key={channel ?? 'all'}
            type="button"
            className="kith-filter"
            aria-pressed={channel === filter.channel}
            onClick={() => onChange({ ...filter, channel })}
          >
            {channel === null ? 'All channels' : channelNames[channel]}
          </button>
        ))}
      </div>
    </div>
  );
}
