/** Stands where rows will be, as tall as they are, so that nothing moves when they come. */
export function SkeletonRows({ rows, what }: { rows: number; what: string }) {
  return (
    <div className="kith-skeleton" role="status">
      <span className="kith-visually-hidden">Loading {what}…</span>
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className="kith-skeleton-row" aria-hidden="true">
          <span />
          <span />
        </span>
      ))}
    </div>
  );
}
