import type { ReviewItem } from '@kith/client';
import { KeyHint } from '../parts/key-hint.tsx';
import { Moment } from '../parts/moment.tsx';
import { ParticipantName } from '../parts/participant-name.tsx';
import { ChoiceCard } from './choice-card.tsx';
import { WhyButton } from '../why/why-button.tsx';
import { choicesOf } from './choices.ts';
import { onOneClick } from './one-click.ts';
import type { ReviewActs } from './use-review-acts.ts';
import { messagesInWords, reasonWords } from './review-words.ts';
import { WrittenMessages } from './written-messages.tsx';

/** The keys that choose a record: one digit. */
export const digitMax = 9;

export interface ReviewDetailProps {
  item: ReviewItem;
  /** Whether it waits no more: somebody else, or a rule, settled it while it was looked at. */
  isGone: boolean;
  acts: ReviewActs;
  onLinkElsewhere: () => void;
  onBack: () => void;
}

/** Somebody who waits: who it is, the records that it may be, and what one can say. */
export function ReviewDetail({ item, isGone, acts, onLinkElsewhere, onBack }: ReviewDetailProps) {
  const { participant } = item;
  const choices = choicesOf(item);
  return (
    <article className="kith-review-detail" aria-label={participant.displayName ?? participant.identifier}>
      <button type="button" className="kith-button-quiet kith-review-back" onClick={onBack}>
        ‹ Back to the list
      </button>
      <header>
        <div>
          <h2 tabIndex={-1} data-review-heading>
            <ParticipantName participant={participant} />
          </h2>
          <p className="kith-review-facts">
            <span>{reasonWords[item.reason]}</span>
            <span>{messagesInWords(item.messageCount)}</span>
            {item.lastMessageAt !== null && (
              <span>
                last <Moment at={item.lastMessageAt} />
              </span>
            )}
            {participant.nature === 'role' && <span>an address that several people may share</span>}
          </p>
        </div>
        <WhyButton participants={[participant]} />
      </header>
      {isGone && (
        <p className="kith-banner" role="status">
          <strong>This waits no more.</strong> It was settled while you looked at it. Go on with <kbd>J</kbd>.
        </p>
      )}
      <h3>{choices.length === 0 ? 'No record fits' : 'Which record is it?'}</h3>
      {choices.length === 0 && (
        <p className="kith-hint">Link it to a record that you know, or make a new one.</p>
      )}
      <ol className="kith-review-choices">
        {choices.map((choice, index) => (
          <ChoiceCard
            key={choice.recordId}
            item={item}
            choice={choice}
            digit={index < digitMax ? index + 1 : null}
            isDisabled={isGone}
            onChoose={() => acts.choose(item, choice)}
            onReject={() => acts.reject(item, choice)}
          />
        ))}
      </ol>
      {item.candidateCount > item.candidates.length && (
        <p className="kith-hint">And {item.candidateCount - item.candidates.length} more records.</p>
      )}
      <div className="kith-review-acts">
        <button type="button" className="kith-button" disabled={isGone} onClick={onLinkElsewhere}>
          Link to another record <KeyHint keys="L" />
        </button>
        <button
          type="button"
          className="kith-button"
          disabled={isGone}
          onClick={onOneClick(() => acts.create(item))}
        >
          Create a record <KeyHint keys="C" />
        </button>
        <button
          type="button"
          className="kith-button"
          disabled={isGone}
          onClick={onOneClick(() => acts.dismiss([participant.id]))}
        >
          Dismiss <KeyHint keys="D" />
        </button>
      </div>
      <WrittenMessages participant={participant} />
    </article>
  );
}
