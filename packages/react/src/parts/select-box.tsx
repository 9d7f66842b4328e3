import type { Selection } from '../hooks/use-selection.ts';

/** Selects one of a list; with Shift all from the last one to this. */
export function SelectBox({ id, name, selection }: { id: string; name: string; selection: Selection }) {
  return (
    <span className="kith-select-box">
      <input
        type="checkbox"
        aria-label={`Select ${name}`}
        checked={selection.has(id)}
        onChange={(event) => {
          const isExtension = event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey;
          if (isExtension) selection.extendTo(id);
          else selection.toggle(id);
        }}
      />
    </span>
  );
}

/** Selects all that are loaded, or none; says so while none is. */
export function SelectAllBox({ total, selection }: { total: number; selection: Selection }) {
  const count = selection.ids.length;
  return (
    <label className="kith-select-all">
      <input
        type="checkbox"
        aria-label={`Select all ${total} that are loaded`}
        checked={count > 0 && count === total}
        disabled={total === 0}
        ref={(box) => {
          if (box !== null) box.indeterminate = count > 0 && count < total;
        }}
        onChange={() => (count === total ? selection.clear() : selection.selectAll())}
      />
      {count === 0 && <span aria-hidden="true">Select all</span>}
    </label>
  );
}
