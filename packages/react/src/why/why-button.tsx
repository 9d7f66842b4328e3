import type { Participant } from '@kith/client';
import { useState } from 'react';
import { useDecisions } from '../hooks/use-decisions.ts';
import { useExplanation } from '../hooks/use-explanation.ts';
import { FailureNotice } from '../parts/notices.tsx';
import { Popover } from '../parts/overlay.tsx';
import { ParticipantName } from '../parts/participant-name.tsx';
import { SkeletonRows } from '../parts/skeleton.tsx';
import { useTellFailure } from '../provider/undoing.tsx';
import { Answer, History } from './explanation-parts.tsx';

export interface WhyButtonProps {
  /** Who brings the conversation to the record: the participants that are linked to it. */
  participants: readonly Participant[];
}

/** So many are explained at once; a record seldom has more people in one conversation. */
const shownMax = 5;

/** “Why is this here?”: opens what `participants.explain` says of each, with a way to take the link back. */
export function WhyButton({ participants }: WhyButtonProps) {
  if (participants.length === 0) return null;
  return (
    <Popover label="Why is this here?" title="Why this is here" className="kith-button-quiet kith-why-button">
      {() => (
        <div className="kith-why">
          {participants.slice(0, shownMax).map((participant) => (
            <Reason key={participant.id} participant={participant} />
          ))}
          {participants.length > shownMax && (
            <p className="kith-hint">And {participants.length - shownMax} more participants.</p>
          )}
        </div>
      )}
    </Popover>
  );
}

function Reason({ participant }: { participant: Participant }) {
  const explanation = useExplanation(participant.id);
  return (
    <section className="kith-why-reason" aria-label={participant.displayName ?? participant.identifier}>
      <header>
        <ParticipantName participant={participant} />
        {typeof explanation.data?.recordId === 'string' && <UnlinkButton participant={participant} />}
      </header>
      {explanation.isPending && <SkeletonRows rows={3} what="why" />}
      {explanation.isLoadingError && (
        <FailureNotice err={explanation.error} onRetry={() => void explanation.refetch()} />
      )}
      {explanation.data !== undefined && (
        <>
          <Answer explanation={explanation.data} />
          <History explanation={explanation.data} />
        </>
      )}
    </section>
  );
}

function UnlinkButton({ participant }: { participant: Participant }) {
  const decisions = useDecisions();
  const tellFailure = useTellFailure();
  const [isBusy, setBusy] = useState(false);
  const unlink = async () => {
    if (isBusy) return;
    setBusy(true);
    await decisions.unlink([participant.id]).catch((err: unknown) => tellFailure('Not unlinked', err));
    setBusy(false);
  };
  return (
    <button
      type="button"
      className="kith-button"
      aria-disabled={isBusy}
      aria-label={`Unlink ${participant.displayName ?? participant.identifier}`}
      onClick={() => void unlink()}
    >
      Unlink
    </button>
  );
}
