/** Why a participant is linked, or is not: in words, with evidence, candidates, suggestions and the history. */
export function ParticipantExplanation({ participantId }: { participantId: string }) {
  return <section className="kith-explanation" aria-label={`Explanation of ${participantId}`} />;
}
