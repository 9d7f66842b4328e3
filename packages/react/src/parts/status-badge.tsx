import type { Participant } from '@kith/client';
import { methodInWords, statusInWords } from '../words/words.ts';

/** Whether a participant belongs to a record, and how surely; how it came about on hover. */
export function StatusBadge({
  participant,
}: {
  participant: Pick<Participant, 'status' | 'confidence' | 'method' | 'contested'>;
}) {
  const state = participant.contested ? 'contested' : participant.status;
  return (
    <span className={`kith-status kith-status-${state}`} title={methodInWords(participant.method)}>
      {statusInWords(participant)}
    </span>
  );
}
