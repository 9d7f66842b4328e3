import type { ReviewItem } from '@kith/client';
import { useExplanation } from '../hooks/use-explanation.ts';
import { useRecordGlance } from '../hooks/use-record-glance.ts';
import { KeyHint } from '../parts/key-hint.tsx';
import { Moment } from '../parts/moment.tsx';
import { RecordName } from '../parts/record-name.tsx';
import { EvidenceList, ReasonList } from '../why/evidence-list.tsx';
import { likelihood } from '../words/evidence-words.ts';
import { conversationsInWords } from '../words/words.ts';
import type { Choice } from './choices.ts';
import { onOneClick } from './one-click.ts';

export interface ChoiceCardProps {
  item: ReviewItem;
  choice: Choice;
  /** The key that chooses it; null where there are no more. */
  digit: number | null;
  isDisabled: boolean;
  onChoose: () => void;
  onReject: () => void;
}

/** A record that may be the participant’s: what it is, why it may be, and the two answers. */
export function ChoiceCard({ item, choice, digit, isDisabled, onChoose, onReject }: ChoiceCardProps) {
  const record = useRecordGlance(choice.recordId);
  const title = choice.title ?? record.data?.title ?? null;
  const name = title ?? choice.recordId;
  return (
    <li className="kith-choice">
      <h4>
        <RecordName record={{ recordId: choice.recordId, title }} />
        {choice.kind === 'linked' && <span className="kith-tag">Linked now</span>}
        {choice.score !== null && <span className="kith-tag">{likelihood(choice.score)}</span>}
      </h4>
      <p className="kith-choice-facts">
        {typeof record.data?.lastActivityAt === 'string' && (
          <>
            <Moment at={record.data.lastActivityAt} />
            {', '}
          </>
        )}
        {record.data === undefined ? '…' : conversationsInWords(record.data.conversationCount)}
      </p>
      {choice.kind === 'linked' && <LinkEvidence participantId={item.participant.id} />}
      <EvidenceList evidence={choice.evidence} />
      {choice.reasons.length > 0 && <ReasonList reasons={choice.reasons} />}
      <div className="kith-choice-acts">
        <button type="button" className="kith-button" disabled={isDisabled} onClick={onOneClick(onChoose)}>
          {choice.kind === 'linked' ? 'Keep' : 'Link'}
          <span className="kith-visually-hidden">
            {choice.kind === 'linked' ? '' : ' to'} {name}
          </span>
          {digit !== null && <KeyHint keys={String(digit)} />}
        </button>
        <button
          type="button"
          className="kith-button-quiet"
          disabled={isDisabled}
          onClick={onOneClick(onReject)}
        >
          Not this one
          <span className="kith-visually-hidden">, {name}</span>
          {digit !== null && <KeyHint keys={`⇧${digit}`} />}
        </button>
      </div>
    </li>
  );
}

/** The list of the review does not tell why a link stands that others contest. */
function LinkEvidence({ participantId }: { participantId: string }) {
  const explanation = useExplanation(participantId);
  return <EvidenceList evidence={explanation.data?.evidence ?? []} />;
}
