/* An account's past: asking for it, how far it is, and what was asked before. */
import { useKith } from '@kith/react';
import { FailureLine, FailureNotice, SkeletonRows } from '@kith/react/parts';
import { type FormEvent, useId, useState } from 'react';
import type { Account } from './account-form.ts';
import { useRefreshAccounts, useSyncs } from './account-reads.ts';
import { guides } from './providers/guides.ts';
import { SyncRow } from './sync-row.tsx';

const syncsShownMax = 10;

/** The section of the account's page. */
export function HistorySection({ account }: { account: Account }) {
  const { accountId, provider } = account;
  const syncs = useSyncs({ accountId, limit: syncsShownMax });
  return (
    <section aria-labelledby="history">
      <h2 id="history">Past messages</h2>
      <p className="kith-hint">{guides[provider].history}</p>
      {guides[provider].hasNoPast !== true && <FetchHistory accountId={accountId} />}
      {syncs.isPending && <SkeletonRows rows={2} what="what was fetched" />}
      {syncs.isLoadingError && <FailureNotice err={syncs.error} onRetry={() => void syncs.refetch()} />}
      {syncs.data !== undefined && syncs.data.items.length > 0 && (
        <ul className="sync-list" aria-label="What was asked of it">
          {syncs.data.items.map((sync) => (
            <SyncRow key={sync.syncId} sync={sync} accountId={accountId} />
          ))}
        </ul>
      )}
    </section>
  );
}

function FetchHistory({ accountId }: { accountId: string }) {
  const id = useId();
  const { client } = useKith();
  const refresh = useRefreshAccounts();
  const [state, setState] = useState<{ isBusy: boolean; err: unknown }>({ isBusy: false, err: null });
  const fetchSince = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (state.isBusy) return;
    const day = new FormData(event.currentTarget).get('since');
    setState({ isBusy: true, err: null });
    try {
      await client.write.accounts.sync.mutate({ accountId, ...sinceOf(day) });
      setState({ isBusy: false, err: null });
    } catch (err) {
      setState({ isBusy: false, err });
    }
    refresh();
  };
  return (
    <form className="fetch-history" onSubmit={(event) => void fetchSince(event)}>
      <label htmlFor={id}>Fetch history since</label>
      <input id={id} name="since" type="date" className="kith-input" aria-describedby={`${id}-hint`} />
      <button type="submit" className="kith-button" aria-disabled={state.isBusy}>
        {state.isBusy ? 'Asking…' : 'Fetch'}
      </button>
      <p id={`${id}-hint`} className="kith-hint">
        Without a date from the beginning. What is here already is not doubled.
      </p>
      {state.err !== null && <FailureLine err={state.err} />}
    </form>
  );
}

/** The beginning of a day where the person is. */
function sinceOf(day: FormDataEntryValue | null): { since?: string } {
  if (typeof day !== 'string' || day === '') return {};
  const date = new Date(`${day}T00:00:00`);
  return Number.isNaN(date.getTime()) ? {} : { since: date.toISOString() };
}
