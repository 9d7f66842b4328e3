import type { ReviewItem } from '@kith/client';
import { memo } from 'react';
import type { Selection } from '../hooks/use-selection.ts';
import { ChannelMark } from '../parts/channel-mark.tsx';
import { Moment } from '../parts/moment.tsx';
import { SelectBox } from '../parts/select-box.tsx';
import { messagesInWords, reasonWords } from './review-words.ts';

export interface ReviewListProps {
  items: readonly ReviewItem[];
  currentId: string | null;
  selection: Selection;
  onShow: (item: ReviewItem) => void;
}

/** Who waits, most traffic first. */
export function ReviewList({ items, currentId, selection, onShow }: ReviewListProps) {
  return (
    <ul className="kith-review-list" aria-label="Who waits">
      {items.map((item) => {
        const { id } = item.participant;
        return (
          <li key={id} className="kith-row" data-selected={selection.has(id) || undefined}>
            <SelectBox id={id} name={nameOf(item)} selection={selection} />
            <button
              type="button"
              className="kith-review-row"
              data-review-row={id}
              aria-current={id === currentId}
              onClick={() => onShow(item)}
            >
              <Row item={item} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** Moving through a long list draws two rows anew, and not all of them. */
const Row = memo(function Row({ item }: { item: ReviewItem }) {
  const { participant, reason, messageCount, lastMessageAt } = item;
  return (
    <>
      <span className="kith-row-title">
        <ChannelMark channel={participant.channel} />
        <span className="kith-name">{nameOf(item)}</span>
      </span>
      {lastMessageAt !== null && <Moment at={lastMessageAt} form="short" />}
      <span className="kith-row-detail">
        {participant.displayName === null ? reasonWords[reason] : participant.identifier}
      </span>
      <span className="kith-row-count" title={messagesInWords(messageCount)}>
        {messageCount.toLocaleString('en')}
        <span className="kith-visually-hidden"> messages</span>
      </span>
    </>
  );
});

const nameOf = ({ participant }: ReviewItem): string => participant.displayName ?? participant.identifier;
