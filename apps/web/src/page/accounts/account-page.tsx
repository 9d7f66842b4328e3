/* One account: what came through it, its past, what failed, and how it is set up. */
import {
  ChannelMark,
  EmptyNotice,
  FailureNotice,
  Moment,
  SkeletonRows,
  StaleBanner,
} from '@kith/react/parts';
import { hrefOf, paths } from '../shell/links.ts';
import { usePageTitle } from '../shell/page-title.ts';
import type { Account } from './account-form.ts';
import { useAccountingByAccount, useAccounts } from './account-reads.ts';
import { LastDelivery } from './account-row.tsx';
import { AccountSetup, FirstDelivery } from './account-setup.tsx';
import { AccountingEquation, Verdict } from './accounting-view.tsx';
import { ChangeAccount } from './change-account.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { DisconnectAccount } from './disconnect-account.tsx';
import { HistorySection } from './history-section.tsx';
import { placeOf } from './providers/guide.ts';
import { guides } from './providers/guides.ts';
import { hasDelivered } from './words.ts';

/** The page of an account. */
export function AccountPage({ accountId }: { accountId: string }) {
  usePageTitle(accountId);
  const accounts = useAccounts();
  const account = accounts.data?.items.find((candidate) => candidate.accountId === accountId);
  return (
    <>
      <a className="back" href={hrefOf(paths.accounts)}>
        ← Accounts
      </a>
      {accounts.isPending && <SkeletonRows rows={6} what="the account" />}
      {accounts.isLoadingError && (
        <FailureNotice err={accounts.error} onRetry={() => void accounts.refetch()} />
      )}
      {accounts.isRefetchError && <StaleBanner err={accounts.error} />}
      {accounts.isSuccess && account === undefined && <NoAccount accountId={accountId} />}
      {account !== undefined && <Loaded account={account} />}
    </>
  );
}

function NoAccount({ accountId }: { accountId: string }) {
  return (
    <EmptyNotice title={`“${accountId}” is not connected`}>
      It may have been disconnected. What came through it is still at your records.{' '}
      <a href={hrefOf(paths.connect)}>Connect an account</a> of this name to go on with it.
    </EmptyNotice>
  );
}

function Loaded({ account }: { account: Account }) {
  const { accountId, channel, provider, createdAt, identifiers } = account;
  const { name } = guides[provider];
  return (
    <>
      <header className="page-header">
        <div>
          <h1>{accountId}</h1>
          <p className="account-facts">
            <ChannelMark channel={channel} withName />
            <span>{name}</span>
            <span>
              Connected <Moment at={createdAt} />
            </span>
          </p>
        </div>
        <div className="page-actions">
          <ChangeAccount account={account} />
          <DisconnectAccount account={account} />
        </div>
      </header>
      <Deliveries account={account} />
      <Setup account={account} />
      <HistorySection account={account} />
      <DeadLetters accountId={accountId} />
      <section aria-labelledby="own">
        <h2 id="own">Who it is</h2>
        {identifiers.length === 0 ? (
          <p className="kith-hint">
            Nobody is named yet. Put its own addresses in under Change, so that they count as your team.
          </p>
        ) : (
          <ul className="own-identifiers">
            {identifiers.map(({ kind, value }) => (
              <li key={`${kind} ${value}`}>{value}</li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}

function Deliveries({ account }: { account: Account }) {
  const accountings = useAccountingByAccount();
  const counts = accountings.data?.items.find(({ accountId }) => accountId === account.accountId);
  const whole = { accepted: 0, stored: 0, duplicate: 0, ignored: 0, deadLettered: 0, ...counts, pending: 0 };
  return (
    <section aria-labelledby="deliveries">
      <h2 id="deliveries">Deliveries</h2>
      <LastDelivery account={account} />
      {accountings.isPending && <SkeletonRows rows={1} what="the accounting" />}
      {accountings.isLoadingError && (
        <FailureNotice err={accountings.error} onRetry={() => void accountings.refetch()} />
      )}
      {accountings.isSuccess && whole.accepted > 0 && (
        <>
          <AccountingEquation counts={whole} isWhole={false} />
          <Verdict counts={whole} />
        </>
      )}
    </section>
  );
}

/** Open until something has come; then it is there to be looked up. */
function Setup({ account }: { account: Account }) {
  const guide = guides[account.provider];
  const place = placeOf(guide);
  if (guide.isPullOnly === true) return null;
  if (!hasDelivered(account)) {
    return (
      <section aria-labelledby="setup">
        <h2 id="setup">Set it up at {place}</h2>
        <AccountSetup account={account} />
        <FirstDelivery account={account} />
      </section>
    );
  }
  return (
    <details className="setup">
      <summary>How it is set up at {place}</summary>
      <AccountSetup account={account} />
    </details>
  );
}
