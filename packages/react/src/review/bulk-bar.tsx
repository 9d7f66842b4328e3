import { KeyHint } from '../parts/key-hint.tsx';
import { onOneClick } from './one-click.ts';

/** What one can do with all that are selected. */
export function BulkBar(props: {
  count: number;
  onLink: () => void;
  onDismiss: () => void;
  onClear: () => void;
}) {
  return (
    <div className="kith-bulk" role="group" aria-label="With all that are selected">
      <span>{props.count} selected</span>
      <button type="button" className="kith-button" onClick={props.onLink}>
        Link <KeyHint keys="L" />
      </button>
      <button type="button" className="kith-button" onClick={onOneClick(props.onDismiss)}>
        Dismiss <KeyHint keys="D" />
      </button>
      <button
        type="button"
        className="kith-button-quiet"
        aria-label="Select none"
        title="Select none (Escape)"
        onClick={props.onClear}
      >
        ×
      </button>
    </div>
  );
}
