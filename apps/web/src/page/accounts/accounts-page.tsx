/** What the workspace has connected, and how each of it does. */
export function AccountsPage({ accountId }: { accountId?: string }) {
  return (
    <div className="page">
      <h1>Accounts</h1>
      <p>{accountId}</p>
    </div>
  );
}
