import { useWorkspaceEvents } from '@kith/react/parts';
import { AccountList } from './account-list.tsx';
import { AccountPage } from './account-page.tsx';
import { ConnectPage } from './connect/connect-page.tsx';

/** What the workspace has connected, and how each of it does. */
export function AccountsPage({ accountId }: { accountId?: string }) {
  useWorkspaceEvents('accounts');
  return <div className="page accounts-page">{pageOf(accountId)}</div>;
}

function pageOf(accountId: string | undefined) {
  if (accountId === undefined) return <AccountList />;
  if (accountId === 'connect') return <ConnectPage />;
  return <AccountPage key={accountId} accountId={accountId} />;
}
