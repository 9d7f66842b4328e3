/** How a list reads on at one of its ends. */
export interface Reading {
  /** Whether there is more. */
  isThere: boolean;
  isLoading: boolean;
  hasFailed: boolean;
  load: () => void;
}

/** What stands at an end of the list: a button that reads on, or that there is nothing more. */
export function EndOfList({ reading, more, end }: { reading: Reading; more: string; end: string }) {
  if (!reading.isThere) return <p className="kith-end-of-list kith-hint">{end}</p>;
  return (
    <p className="kith-end-of-list">
      <button
        type="button"
        className="kith-button-quiet"
        aria-disabled={reading.isLoading}
        onClick={() => !reading.isLoading && reading.load()}
      >
        {reading.isLoading ? 'Loading…' : reading.hasFailed ? 'Could not be loaded. Try again' : more}
      </button>
    </p>
  );
}
