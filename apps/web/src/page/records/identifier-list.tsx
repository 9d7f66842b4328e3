import type { ReadOutputs } from '@kith/client';
import { identifierName } from '@kith/react/parts';

type RecordDetails = ReadOutputs['records']['get'];

/** What identifies a record, and which of its fields should but cannot be read. */
export function IdentifierList(props: Pick<RecordDetails, 'identifiers' | 'unreadable'>) {
  return (
    <section aria-labelledby="identifiers">
      <h2 id="identifiers">Identifiers</h2>
      {props.identifiers.length === 0 && (
        <p className="kith-hint">
          None. Give the record an email address, a phone number or a LinkedIn profile.
        </p>
      )}
      <dl className="identifiers">
        {props.identifiers.map(({ kind, value, field }) => (
          <div key={`${kind} ${value} ${field}`} title={`from the field “${field}”`}>
            <dt>{identifierName(kind)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        {props.unreadable.map(({ field, reason }) => (
          <div key={`unreadable ${field} ${reason}`} className="problem">
            <dt>{field}</dt>
            <dd>{reason}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
