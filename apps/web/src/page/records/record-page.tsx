import { type OpenedConversation, RecordTimeline } from '@kith/react';
import { conversationsInWords, isMissing, Moment, type RecordDetails, useRecord } from '@kith/react/parts';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { hrefOf, paths } from '../shell/links.ts';
import { HistoryCoverage } from './history-coverage.tsx';
import { IdentifierList } from './identifier-list.tsx';
import { MissingRecord } from './missing-record.tsx';
import { ParticipantList } from './participant-list.tsx';

export interface RecordPageProps {
  recordId: string;
  /** The conversation that the address names. */
  opened: OpenedConversation | null;
}

/** A record: who it is, who takes part, and what was said. Each part has its place before it is read. */
export function RecordPage({ recordId, opened }: RecordPageProps) {
  const record = useRecord(recordId);
  const [, go] = useLocation();
  if (record.isLoadingError || isMissing(record.error)) {
    return (
      <div className="record-grid">
        <header className="record-header">
          <BackLink />
          <h1 className="kith-visually-hidden">Record {recordId}</h1>
          <MissingRecord recordId={recordId} err={record.error} onRetry={() => void record.refetch()} />
        </header>
      </div>
    );
  }
  return (
    <div className={opened === null ? 'record-grid' : 'record-grid with-conversation'}>
      <RecordHeader record={record.data} />
      <RecordAside record={record.data} />
      <div className="record-timeline">
        <RecordTimeline
          recordId={recordId}
          opened={opened}
          onLeave={() => go(paths.record(recordId))}
          hasPageKeys
        />
      </div>
    </div>
  );
}

function RecordHeader({ record }: { record: RecordDetails | undefined }) {
  const title = record === undefined ? '' : titleOf(record);
  const heading = useFocusWhenLost(title !== '');
  useEffect(() => {
    document.title = title === '' ? 'Kith' : `${title} – Kith`;
    return () => {
      document.title = 'Kith';
    };
  }, [title]);
  return (
    <header className="record-header">
      <BackLink />
      <h1 ref={heading} tabIndex={-1} aria-busy={record === undefined}>
        {title === '' ? '\u00a0' : title}
      </h1>
      <p className="record-facts">
        {record === undefined ? (
          '\u00a0'
        ) : (
          <>
            <span>
              {record.pipeline} {record.recordId}
            </span>
            <span>{conversationsInWords(record.conversationCount)}</span>
            {record.lastActivityAt !== null && (
              <span>
                Last activity <Moment at={record.lastActivityAt} />
              </span>
            )}
          </>
        )}
      </p>
    </header>
  );
}

const titleOf = ({ title, identifiers, recordId }: RecordDetails): string =>
  title ?? identifiers[0]?.value ?? recordId;

/** Beside the timeline where there is room, folded above it elsewhere. */
function RecordAside({ record }: { record: RecordDetails | undefined }) {
  const [hasRoomBeside] = useState(() => window.matchMedia('(min-width: 76rem)').matches);
  return (
    <details className="record-aside" open={hasRoomBeside}>
      <summary>Identifiers, participants, past messages</summary>
      {record !== undefined && (
        <>
          <IdentifierList identifiers={record.identifiers} unreadable={record.unreadable} />
          <ParticipantList record={record} />
          <HistoryCoverage record={record} />
        </>
      )}
    </details>
  );
}

function BackLink() {
  return (
    <a className="back" href={hrefOf(paths.records)}>
      <span aria-hidden="true">‹ </span>Records
    </a>
  );
}

/** On a phone the link that was followed disappears with its list; the keyboard then goes on from the heading. */
function useFocusWhenLost(isThere: boolean) {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!isThere) return;
    const active = document.activeElement;
    const isShown = active !== null && active !== document.body && active.checkVisibility();
    if (!isShown) ref.current?.focus({ preventScroll: true });
  }, [isThere]);
  return ref;
}
