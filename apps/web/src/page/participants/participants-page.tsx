/** Everybody who wrote or was written to, and who each of them is. */
export function ParticipantsPage({ participantId }: { participantId?: string }) {
  return (
    <div className="page">
      <h1>Participants</h1>
      <p>{participantId}</p>
    </div>
  );
}
