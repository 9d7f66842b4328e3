/* The accounts of the workspace, below the sum of all that came through them. */
import type { Sync } from '@kith/client';
import { EmptyNotice, FailureNotice, SkeletonRows, StaleBanner } from '@kith/react/parts';
import { hrefOf, paths } from '../shell/links.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { useAccountingByAccount, useAccounts, useSyncs } from './account-reads.ts';
import { AccountRow } from './account-row.tsx';
import { WholeAccounting } from './whole-accounting.tsx';

/** Enough that everything that runs is among them. */
const syncsMax = 50;

/** The list, with a way to connect another. */
export function AccountList() {
  usePageTitle('Accounts');
  return (
    <>
      <header className="page-header">
        <h1>Accounts</h1>
        <a className="kith-button-primary" href={hrefOf(paths.connect)}>
          Connect an account
        </a>
      </header>
      <WholeAccounting />
      <Rows />
    </>
  );
}

function Rows() {
  const accounts = useAccounts();
  const accountings = useAccountingByAccount();
  const syncs = useSyncs({ limit: syncsMax });
  if (accounts.isPending) return <SkeletonRows rows={5} what="accounts" />;
  if (accounts.isLoadingError)
    return <FailureNotice err={accounts.error} onRetry={() => void accounts.refetch()} />;
  const { items } = accounts.data;
  if (items.length === 0) return <NoAccounts />;
  return (
    <>
      {accounts.isRefetchError && <StaleBanner err={accounts.error} />}
      <ul className="account-list" aria-label="Accounts">
        {items.map((account) => (
          <AccountRow
            key={account.accountId}
            account={account}
            counts={accountings.data?.items.find(({ accountId }) => accountId === account.accountId)}
            running={runningOf(syncs.data?.items, account.accountId)}
          />
        ))}
      </ul>
    </>
  );
}

function runningOf(syncs: readonly Sync[] | undefined, accountId: string) {
  const parts = syncs?.filter(({ state }) => state === 'running').flatMap((sync) => sync.parts);
  return parts?.find((part) => part.accountId === accountId && ['running', 'waiting'].includes(part.state));
}

function NoAccounts() {
  return (
    <EmptyNotice title="No account is connected yet">
      Connect a mailbox, a WhatsApp number or a LinkedIn profile, and its conversations appear at your
      records.
    </EmptyNotice>
  );
}
