import { EmptyNotice } from './notices.tsx';
import { RecordList } from './record-list.tsx';
import { RecordPage } from './record-page.tsx';
import { useRecordId } from './route.ts';

/** The records on the left, the chosen one on the right; a phone shows one of them at a time. */
export function Workspace({ onSignOut }: { onSignOut?: () => void }) {
  const recordId = useRecordId();
  return (
    <div className={recordId === null ? 'workspace' : 'workspace with-record'}>
      <a className="skip" href="#record" onClick={skipToRecord}>
        Skip to the record
      </a>
      <nav className="records" aria-label="Records">
        <header className="brand">
          <a href="#/">Kith</a>
          {onSignOut !== undefined && (
            <button type="button" className="quiet" onClick={onSignOut}>
              Sign out
            </button>
          )}
        </header>
        <RecordList selectedId={recordId} />
      </nav>
      <main id="record" className="record" tabIndex={-1}>
        {recordId === null ? (
          <EmptyNotice title="No record chosen">
            Choose one from the list to see every conversation with it.
          </EmptyNotice>
        ) : (
          <RecordPage key={recordId} recordId={recordId} />
        )}
      </main>
    </div>
  );
}

/** The address names a record and must not change, so the focus is moved by hand. */
function skipToRecord(event: { preventDefault(): void }) {
  event.preventDefault();
  document.getElementById('record')?.focus();
}
