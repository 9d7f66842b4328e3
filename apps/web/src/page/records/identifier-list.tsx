import { identifierName, type RecordDetails } from '@kith/react/parts';

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
          <div key={`${kind} ${value} ${field}`}>
            <dt>{identifierName(kind)}</dt>
            <dd>
              {value}
              {field !== kind && <span className="kith-hint"> from “{field}”</span>}
            </dd>
          </div>
        ))}
        {props.unreadable.map(({ field, reason }) => (
          <div key={`unreadable ${field} ${reason}`} className="kith-problem">
            <dt>{field}</dt>
            <dd>Cannot be read: {reason}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
