import type { OpenedConversation } from '@kith/react';
import { EmptyNotice } from '@kith/react/parts';
import { RecordList } from './record-list.tsx';
import { RecordPage } from './record-page.tsx';

export interface RecordsPageProps {
  recordId?: string;
  conversation?: OpenedConversation;
}

/** The records on the left, the chosen one on the right; a phone shows one of them at a time. */
export function RecordsPage({ recordId, conversation }: RecordsPageProps) {
  return (
    <div className={recordId === undefined ? 'records-page' : 'records-page with-record'}>
      <section className="records" aria-label="Records">
        <RecordList selectedId={recordId ?? null} />
      </section>
      <section className="record" aria-label="Record">
        {recordId === undefined && (
          <>
            <h1 className="kith-visually-hidden">Records</h1>
            <EmptyNotice title="No record chosen">
              Choose one from the list to see every conversation with it.
            </EmptyNotice>
          </>
        )}
        {recordId !== undefined && (
          <RecordPage key={recordId} recordId={recordId} opened={conversation ?? null} />
        )}
      </section>
    </div>
  );
}
