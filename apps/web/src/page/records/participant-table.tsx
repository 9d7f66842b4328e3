import type { Participant } from '@kith/client';
import { ParticipantName, StatusBadge } from '@kith/react/parts';

/** So many are shown at once; the others unfold. */
const shownMax = 6;

/** Who takes part in the record's conversations, and how surely each belongs to it. */
export function ParticipantTable({ participants }: { participants: readonly Participant[] }) {
  const others = participants.slice(shownMax);
  return (
    <section aria-labelledby="participants">
      <h2 id="participants">Participants</h2>
      {participants.length === 0 && (
        <p className="kith-hint">
          None yet. They are linked when a message with one of the identifiers arrives.
        </p>
      )}
      {participants.length > 0 && (
        <Rows participants={participants.slice(0, shownMax)} label="Participants" />
      )}
      {others.length > 0 && (
        <details>
          <summary>{others.length} more</summary>
          <Rows participants={others} label="More participants" />
        </details>
      )}
    </section>
  );
}

function Rows({ participants, label }: { participants: readonly Participant[]; label: string }) {
  return (
    <table className="participant-table" aria-label={label}>
      <thead className="kith-visually-hidden">
        <tr>
          <th scope="col">Who</th>
          <th scope="col">Status</th>
        </tr>
      </thead>
      <tbody>
        {participants.map((participant) => (
          <tr key={participant.id}>
            <td>
              <ParticipantName participant={participant} />
            </td>
            <td>
              <StatusBadge participant={participant} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
