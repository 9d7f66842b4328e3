/** Participants that wait for a person's word, with their candidates and the evidence for each. */
export function ReviewQueue() {
  return <section className="kith-review" aria-label="Review" />;
}
