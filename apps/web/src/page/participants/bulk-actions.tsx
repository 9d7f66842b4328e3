import type { Participant } from '@kith/client';
import { useDecisions, useTellFailure } from '@kith/react';
import { LinkDialog } from '@kith/react/parts';
import { useState } from 'react';

/** Links or unlinks all that are selected, all or none of them. */
export function BulkActions(props: { participants: readonly Participant[]; onDone: () => void }) {
  const { participants, onDone } = props;
  const decisions = useDecisions();
  const tellFailure = useTellFailure();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const ids = participants.map(({ id }) => id);
  const hasTeam = participants.some(({ status }) => status === 'internal');
  const hasLinked = participants.some(({ recordId }) => recordId !== null);
  const decide = async (act: () => Promise<void>, failed: string) => {
    if (isBusy) return;
    setBusy(true);
    try {
      await act();
      onDone();
    } catch (err) {
      tellFailure(failed, err);
    }
    setBusy(false);
  };
  return (
    <div className="kith-bulk" role="group" aria-label="With all that are selected">
      <span>{participants.length} selected</span>
      <button
        type="button"
        className="kith-button"
        aria-disabled={isBusy}
        disabled={hasTeam}
        onClick={() => setAsking(true)}
      >
        Link
      </button>
      <button
        type="button"
        className="kith-button"
        aria-disabled={isBusy}
        disabled={!hasLinked}
        onClick={() => void decide(() => decisions.unlink(ids), 'Not unlinked')}
      >
        Unlink
      </button>
      {hasTeam && <span className="kith-hint">Your team is never linked.</span>}
      <button
        type="button"
        className="kith-button-quiet"
        aria-label="Select none"
        title="Select none (Escape)"
        onClick={onDone}
      >
        ×
      </button>
      <LinkDialog
        names={isAsking ? participants.map(({ displayName, identifier }) => displayName ?? identifier) : []}
        onClose={() => setAsking(false)}
        onPick={(record) => void decide(() => decisions.link(ids, record), 'Not linked')}
      />
    </div>
  );
}
