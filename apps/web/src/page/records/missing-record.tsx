import { kithError } from '@kith/client';
import { EmptyNotice, FailureNotice } from '@kith/react/parts';
import { hrefOf, paths } from '../shell/links.ts';

/** Says that there is no such record, what it was merged into, or that it could not be read. */
export function MissingRecord(props: { recordId: string; err: unknown; onRetry: () => void }) {
  const successor = mergedInto(props.err, props.recordId);
  if (successor === null) return <FailureNotice err={props.err} onRetry={props.onRetry} />;
  return (
    <EmptyNotice title="This record was merged into another">
      Everything that was said is with <a href={hrefOf(paths.record(successor))}>record {successor}</a>.
    </EmptyNotice>
  );
}

/** The record that the message of the error names. */
export function mergedInto(err: unknown, recordId: string): string | null {
  const known = kithError(err);
  const beginning = `record ${recordId} was merged into record `;
  if (known?.code !== 'record_merged' || !known.message.startsWith(beginning)) return null;
  return known.message.slice(beginning.length);
}
