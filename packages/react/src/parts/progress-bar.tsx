/** How far something is; without a `value` it is on its way and nobody knows how far. `label` is what it is of. */
export function ProgressBar({ label, value }: { label: string; value: number | null }) {
  const percent = value === null ? null : Math.round(Math.min(Math.max(value, 0), 1) * 100);
  return (
    <span
      className="kith-progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent === null ? {} : { 'aria-valuenow': percent })}
    >
      <span style={{ width: percent === null ? '100%' : `${percent}%` }} data-unknown={percent === null} />
    </span>
  );
}
