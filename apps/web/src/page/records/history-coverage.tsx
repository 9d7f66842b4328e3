import { useKith } from '@kith/react';
import {
  ChannelMark,
  coverageInWords,
  FailureLine,
  linkKeys,
  type RecordDetails,
  SyncProgress,
  useNow,
} from '@kith/react/parts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

/** What of the record's past is here, account by account, and a way to fetch the rest. */
export function HistoryCoverage({ record }: { record: RecordDetails }) {
  const { recordId, coverage } = record;
  const { client } = useKith();
  const cache = useQueryClient();
  const now = useNow();
  const readAgain = useCallback(
    () => void cache.invalidateQueries({ queryKey: linkKeys.record(recordId) }),
    [cache, recordId],
  );
  const fetchHistory = useMutation({
    mutationFn: () => client.write.records.sync.mutate({ recordId }),
    onSettled: readAgain,
  });
  const running = coverage.find(({ state }) => state === 'pending')?.syncId;
  const syncId = fetchHistory.data?.syncId ?? running;
  const canBeAsked = coverage.some(({ state }) => state !== 'not_possible');
  return (
    <section aria-labelledby="past">
      <h2 id="past">Past messages</h2>
      {coverage.length === 0 && <p className="kith-hint">No account is connected yet.</p>}
      <ul className="coverage">
        {coverage.map((account) => (
          <li key={account.accountId} title={account.todo ?? undefined}>
            <ChannelMark channel={account.channel} />
            <span>
              {account.accountId}
              <span className="kith-hint">{coverageInWords(account, now)}</span>
            </span>
          </li>
        ))}
      </ul>
      {typeof syncId === 'string' && <SyncProgress syncId={syncId} onFinished={readAgain} />}
      {coverage.length > 0 && (
        <button
          type="button"
          className="kith-button"
          disabled={!canBeAsked}
          aria-disabled={fetchHistory.isPending || running !== undefined}
          onClick={() => {
            if (!fetchHistory.isPending && running === undefined) fetchHistory.mutate();
          }}
        >
          Fetch history
        </button>
      )}
      {fetchHistory.isError && <FailureLine err={fetchHistory.error} />}
    </section>
  );
}
