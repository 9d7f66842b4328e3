import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { RecordSummary } from '@kith/client';
import {
  EmptyNotice,
  FailureNotice,
  linkKeys,
  Moment,
  MoreButton,
  SkeletonRows,
  StaleBanner,
  useRead,
  useSettled,
} from '@kith/react/parts';
import { hrefOf, paths } from '../shell/links.ts';

const pageSize = 50;
const pollMs = 15_000;
/** Following a list re-reads all that was loaded of it, so a long one stands still. */
const polledPagesMax = 3;

/** All records, newest activity first, or those that a search finds. */
export function RecordList({ selectedId }: { selectedId: string | null }) {
  const [text, setText] = useState('');
  const query = useSettled(text.trim(), 200);
  const records = useRecords(query);
  const items = records.data?.pages.flatMap((page) => page.items);
  return (
    <>
      <search>
        <input
          className="kith-input"
          type="search"
          aria-label="Search records"
          placeholder="Search records"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </search>
      {records.isPending && <SkeletonRows rows={8} what="records" />}
      {records.isLoadingError && <FailureNotice err={records.error} onRetry={() => void records.refetch()} />}
      {records.isRefetchError && <StaleBanner err={records.error} />}
      {records.isSuccess && items?.length === 0 && <NoRecords query={query} />}
      <ul className="record-list">
        {items?.map((record) => (
          <RecordRow key={record.recordId} record={record} isSelected={record.recordId === selectedId} />
        ))}
      </ul>
      {records.hasNextPage && (
        <MoreButton
          isLoading={records.isFetchingNextPage}
          hasFailed={records.isFetchNextPageError}
          onMore={() => void records.fetchNextPage()}
        />
      )}
    </>
  );
}

function useRecords(query: string) {
  const read = useRead();
  return useInfiniteQuery({
    queryKey: linkKeys.records(query),
    queryFn: ({ pageParam, signal }) =>
      read.records.search.query(
        {
          limit: pageSize,
          ...(query === '' ? {} : { query }),
          ...(pageParam === null ? {} : { cursor: pageParam }),
        },
        { signal },
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: (list) => ((list.state.data?.pages.length ?? 0) <= polledPagesMax ? pollMs : false),
  });
}

function RecordRow({ record, isSelected }: { record: RecordSummary; isSelected: boolean }) {
  const [first] = record.identifiers;
  const title = record.title ?? first?.value ?? record.recordId;
  const detail = first === undefined || first.value === title ? record.pipeline : first.value;
  return (
    <li>
      <a href={hrefOf(paths.record(record.recordId))} aria-current={isSelected ? 'page' : undefined}>
        <span className="row-title">{title}</span>
        {record.lastActivityAt !== null && <Moment at={record.lastActivityAt} form="short" />}
        <span className="row-detail">{detail}</span>
      </a>
    </li>
  );
}

function NoRecords({ query }: { query: string }) {
  if (query !== '') {
    return (
      <EmptyNotice title="Nothing found">
        No record matches “{query}”. Try a part of a name or address.
      </EmptyNotice>
    );
  }
  return (
    <EmptyNotice title="No records yet">
      Send your contacts with <code>records.upsert</code>, or import a file:{' '}
      <code>kith records import contacts.csv</code>.
    </EmptyNotice>
  );
}
