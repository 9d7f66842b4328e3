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
        Link <kbd>l</kbd>
      </button>
      <button type="button" className="kith-button" onClick={onOneClick(props.onDismiss)}>
        Dismiss <kbd>d</kbd>
      </button>
      <button type="button" className="kith-button-quiet" onClick={props.onClear}>
        Clear
      </button>
    </div>
  );
}
