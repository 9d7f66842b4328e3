/* Everybody who wrote or was written to: searched, filtered, and linked or unlinked many at once. */
import type { Participant } from '@kith/client';
import { useParticipants } from '@kith/react';
import {
  ChannelMark,
  EmptyNotice,
  FailureNotice,
  MoreButton,
  SelectAllBox,
  SelectBox,
  type Selection,
  SkeletonRows,
  StaleBanner,
  StatusBadge,
  useKeys,
  useSelection,
  useSettled,
} from '@kith/react/parts';
import { useMemo, useState } from 'react';
import { hrefOf, paths } from '../shell/links.ts';
import { BulkActions } from './bulk-actions.tsx';
import { everybody, ParticipantFilters } from './participant-filters.tsx';

/** The list, endless; nothing is selected that it does not show. */
export function ParticipantList({ selectedId }: { selectedId: string | null }) {
  const [filter, setFilter] = useState(everybody);
  const query = useSettled(filter.query.trim(), 200);
  const participants = useParticipants({ ...filter, query });
  const { items } = participants;
  const selection = useSelection(useMemo(() => items.map(({ id }) => id), [items]));
  useSelectKeys(selection);
  return (
    <>
      <ParticipantFilters filter={filter} onChange={setFilter} />
      <div className="participants-head">
        <SelectAllBox total={items.length} selection={selection} />
        {selection.ids.length > 0 && (
          <BulkActions participants={items.filter(({ id }) => selection.has(id))} onDone={selection.clear} />
        )}
      </div>
      {participants.isPending && <SkeletonRows rows={8} what="participants" />}
      {participants.isLoadingError && (
        <FailureNotice err={participants.error} onRetry={() => void participants.refetch()} />
      )}
      {participants.isRefetchError && <StaleBanner err={participants.error} />}
      {participants.isSuccess && items.length === 0 && <Nobody isFiltered={filter !== everybody} />}
      <ul aria-label="Participants">
        {items.map((participant) => (
          <ParticipantRow
            key={participant.id}
            participant={participant}
            selection={selection}
            isCurrent={participant.id === selectedId}
          />
        ))}
      </ul>
      {participants.hasNextPage && (
        <MoreButton
          isLoading={participants.isFetchingNextPage}
          hasFailed={participants.isFetchNextPageError}
          onMore={() => void participants.fetchNextPage()}
        />
      )}
    </>
  );
}

/** `x` selects the row that has the keyboard, with Shift all from the last one to it; Escape ends it. */
function useSelectKeys(selection: Selection): void {
  useKeys((event) => {
    if (event.key === 'Escape' && selection.ids.length > 0) {
      selection.clear();
      return true;
    }
    const row = document.activeElement?.closest('[data-participant-row]');
    const id = row?.getAttribute('data-participant-row');
    if (event.key.toLowerCase() !== 'x' || typeof id !== 'string') return false;
    if (event.shiftKey) selection.extendTo(id);
    else selection.toggle(id);
    return true;
  });
}

function ParticipantRow(props: { participant: Participant; selection: Selection; isCurrent: boolean }) {
  const { participant, selection, isCurrent } = props;
  const { id, channel, identifier, displayName } = participant;
  const name = displayName ?? identifier;
  return (
    <li className="kith-row" data-participant-row={id} data-selected={selection.has(id) || undefined}>
      <SelectBox id={id} name={name} selection={selection} />
      <a
        className="participant-row"
        href={hrefOf(paths.participant(id))}
        aria-current={isCurrent ? 'page' : undefined}
      >
        <span className="kith-row-title">
          <ChannelMark channel={channel} />
          <span className="kith-name">{name}</span>
        </span>
        <StatusBadge participant={participant} />
        <span className="kith-row-detail">{displayName === null ? '' : identifier}</span>
      </a>
    </li>
  );
}

function Nobody({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) {
    return <EmptyNotice title="Nobody found">Search for less, or for another status or channel.</EmptyNotice>;
  }
  return (
    <EmptyNotice title="Nobody yet">
      Whoever writes to you, or is written to, is listed here once an account is connected.
    </EmptyNotice>
  );
}
