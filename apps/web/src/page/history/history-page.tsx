/* What was decided, by people or by everybody, with a way to take it back however long ago it was. */
import { useHistory, type WorkspaceHistoryEntry } from '@kith/react';
import {
  dayName,
  EmptyNotice,
  FailureNotice,
  HistoryItem,
  MoreButton,
  ParticipantName,
  RecordName,
  SkeletonRows,
  StaleBanner,
  useNow,
  useWorkspaceEvents,
} from '@kith/react/parts';
import { useState } from 'react';
import { usePageTitle } from '../shell/page-title.ts';
import { daysOf } from './days.ts';

/** What was decided, with a way to take it back. */
export function HistoryPage() {
  const [by, setBy] = useState<'person' | 'anyone'>('person');
  const history = useHistory(by);
  usePageTitle('History');
  useWorkspaceEvents('links');
  return (
    <div className="page history-page">
      <header>
        <h1>History</h1>
        <div role="group" aria-label="By whom" className="history-by">
          <ByButton name="By people" isPressed={by === 'person'} onPress={() => setBy('person')} />
          <ByButton name="Rules too" isPressed={by === 'anyone'} onPress={() => setBy('anyone')} />
        </div>
      </header>
      {history.isPending && <SkeletonRows rows={6} what="the history" />}
      {history.isLoadingError && <FailureNotice err={history.error} onRetry={() => void history.refetch()} />}
      {history.isRefetchError && <StaleBanner err={history.error} />}
      {history.isSuccess && history.items.length === 0 && <NothingYet by={by} />}
      <Days entries={history.items} />
      {history.hasNextPage && (
        <MoreButton
          isLoading={history.isFetchingNextPage}
          hasFailed={history.isFetchNextPageError}
          onMore={() => void history.fetchNextPage()}
        />
      )}
    </div>
  );
}

function ByButton(props: { name: string; isPressed: boolean; onPress: () => void }) {
  return (
    <button type="button" className="kith-filter" aria-pressed={props.isPressed} onClick={props.onPress}>
      {props.name}
    </button>
  );
}

function Days({ entries }: { entries: readonly WorkspaceHistoryEntry[] }) {
  const now = useNow();
  return daysOf(entries).map(({ day, items: [first, ...others] }) => (
    <section key={day} aria-label={dayName(first.at, now)}>
      <h2>{dayName(first.at, now)}</h2>
      <ol>
        {[first, ...others].map((entry) => (
          <HistoryItem key={entry.eventId} entry={entry} about={<About entry={entry} />} />
        ))}
      </ol>
    </section>
  ));
}

/** Whom an entry is about, and which record. */
function About({ entry }: { entry: WorkspaceHistoryEntry }) {
  const recordId = entry.recordId ?? entry.previousRecordId;
  return (
    <div className="history-about">
      {entry.participant === null ? (
        <span className="kith-name">Records</span>
      ) : (
        <ParticipantName participant={entry.participant} />
      )}
      {recordId !== null && <RecordName record={{ recordId, title: entry.recordTitle }} />}
    </div>
  );
}

function NothingYet({ by }: { by: 'person' | 'anyone' }) {
  return (
    <EmptyNotice title={by === 'person' ? 'Nobody has decided anything yet' : 'Nothing has happened yet'}>
      Every link that is made or taken away is listed here, and can be taken back from here.
    </EmptyNotice>
  );
}
