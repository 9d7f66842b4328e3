import type { Participant } from '@kith/client';
import { useDecisions, useTellFailure } from '@kith/react';
import { LinkDialog } from '@kith/react/parts';
import { useState } from 'react';

/** What can be said of a participant. */
export function ParticipantActions({ participant }: { participant: Participant }) {
  const decisions = useDecisions();
  const tellFailure = useTellFailure();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  if (participant.status === 'internal') {
    return (
      <p className="kith-hint">
        An address or number of your own company. It takes part in conversations with every record, so it is
        never linked to one.
      </p>
    );
  }
  const isLinked = participant.recordId !== null;
  const decide = async (act: () => Promise<unknown>, failed: string) => {
    if (isBusy) return;
    setBusy(true);
    await act().catch((err: unknown) => tellFailure(failed, err));
    setBusy(false);
  };
  return (
    <div className="participant-acts">
      <button type="button" className="kith-button" aria-disabled={isBusy} onClick={() => setAsking(true)}>
        {isLinked ? 'Link to another record' : 'Link to a record'}
      </button>
      {isLinked ? (
        <button
          type="button"
          className="kith-button"
          aria-disabled={isBusy}
          onClick={() => void decide(() => decisions.unlink([participant.id]), 'Not unlinked')}
        >
          Unlink
        </button>
      ) : (
        <button
          type="button"
          className="kith-button"
          aria-disabled={isBusy}
          onClick={() => void decide(() => decisions.createRecord(participant), 'No record made')}
        >
          Create a record
        </button>
      )}
      <LinkDialog
        names={isAsking ? [participant.displayName ?? participant.identifier] : []}
        onClose={() => setAsking(false)}
        onPick={(record) => void decide(() => decisions.link([participant.id], record), 'Not linked')}
      />
    </div>
  );
}
