import type { Participant } from '@kith/client';

export interface WhyButtonProps {
  /** Who brings the conversation to the record: the participants that are linked to it. */
  participants: readonly Participant[];
}

/** “Why is this here?”: opens what `participants.explain` says of each, with a way to take the link back. */
export function WhyButton({ participants }: WhyButtonProps) {
  return (
    <button type="button" className="kith-button-quiet" disabled={participants.length === 0}>
      Why is this here?
    </button>
  );
}
