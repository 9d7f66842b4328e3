import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { ReadOutputs } from '@kith/client';
import { RecordTimeline } from '@kith/react';
import {
  conversationsInWords,
  FailureNotice,
  isMissing,
  linkKeys,
  SkeletonRows,
  useRead,
} from '@kith/react/parts';
import { hrefOf, paths } from '../shell/links.ts';
import { IdentifierList } from './identifier-list.tsx';
import { ParticipantTable } from './participant-table.tsx';

type RecordDetails = ReadOutputs['records']['get'];

/** A record: who it is, who takes part, and what was said. */
export function RecordPage({ recordId }: { recordId: string }) {
  const read = useRead();
  const record = useQuery({
    queryKey: linkKeys.record(recordId),
    queryFn: ({ signal }) => read.records.get.query({ recordId }, { signal }),
  });
  if (record.isPending) return <SkeletonRows rows={6} what="the record" />;
  if (record.isLoadingError || isMissing(record.error)) {
    return (
      <div className="record-grid">
        <BackLink />
        <FailureNotice err={record.error} onRetry={() => void record.refetch()} />
      </div>
    );
  }
  return <LoadedRecord record={record.data} />;
}

function LoadedRecord({ record }: { record: RecordDetails }) {
  const title = record.title ?? record.identifiers[0]?.value ?? record.recordId;
  const heading = useFocusWhenLost();
  const [hasRoomBeside] = useState(() => window.matchMedia('(min-width: 45rem)').matches);
  useEffect(() => {
    document.title = `${title} – Kith`;
    return () => {
      document.title = 'Kith';
    };
  }, [title]);
  return (
    <div className="record-grid">
      <header className="record-header">
        <BackLink />
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        <p className="record-facts">
          <span>
            {record.pipeline} {record.recordId}
          </span>
          <span>{conversationsInWords(record.conversationCount)}</span>
        </p>
      </header>
      <details className="record-aside" open={hasRoomBeside}>
        <summary>Identifiers and participants</summary>
        <IdentifierList identifiers={record.identifiers} unreadable={record.unreadable} />
        <ParticipantTable participants={record.participants} />
      </details>
      <RecordTimeline recordId={record.recordId} />
    </div>
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
function useFocusWhenLost() {
  const ref = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const active = document.activeElement;
    const isShown = active !== null && active !== document.body && active.checkVisibility();
    if (!isShown) ref.current?.focus({ preventScroll: true });
  }, []);
  return ref;
}
