import { EmptyNotice, useWorkspaceEvents } from '@kith/react/parts';
import { ParticipantList } from './participant-list.tsx';
import { ParticipantPage } from './participant-page.tsx';

/** Everybody who wrote or was written to on the left, the chosen one on the right; a phone shows one of them at a time. */
export function ParticipantsPage({ participantId }: { participantId?: string }) {
  useWorkspaceEvents('links');
  // The page has one main heading: with somebody chosen it is their name.
  const Title = participantId === undefined ? 'h1' : 'h2';
  return (
    <div className="participants-page" data-shows={participantId === undefined ? 'list' : 'participant'}>
      <section className="participants" aria-label="Participants">
        <Title className="participants-title">Participants</Title>
        <ParticipantList selectedId={participantId ?? null} />
      </section>
      <section className="participant" aria-label="Participant">
        {participantId === undefined ? (
          <EmptyNotice title="Nobody chosen">
            Choose somebody from the list to see which record they are linked to, and why.
          </EmptyNotice>
        ) : (
          <ParticipantPage key={participantId} participantId={participantId} />
        )}
      </section>
    </div>
  );
}
