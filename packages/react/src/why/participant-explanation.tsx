import { useExplanation } from '../hooks/use-explanation.ts';
import { FailureNotice, StaleBanner } from '../parts/notices.tsx';
import { SkeletonRows } from '../parts/skeleton.tsx';
import { Answer, History, OtherRecords } from './explanation-parts.tsx';

/** Why a participant is linked, or is not: in words, with evidence, candidates, suggestions and the history. */
export function ParticipantExplanation({ participantId }: { participantId: string }) {
  const explanation = useExplanation(participantId);
  if (explanation.isPending) return <SkeletonRows rows={4} what="why" />;
  if (explanation.isLoadingError) {
    return <FailureNotice err={explanation.error} onRetry={() => void explanation.refetch()} />;
  }
  return (
    <section className="kith-explanation" aria-label="Why">
      {explanation.isRefetchError && <StaleBanner err={explanation.error} />}
      <Answer explanation={explanation.data} />
      <OtherRecords explanation={explanation.data} />
      <section>
        <h3>History</h3>
        <History explanation={explanation.data} />
      </section>
    </section>
  );
}
