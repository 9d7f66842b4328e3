import { useKith } from '@kith/react';
import { Dialog, FailureLine } from '@kith/react/parts';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { paths } from '../shell/links.ts';
import type { Account } from './account-form.ts';
import { useRefreshAccounts } from './account-reads.ts';
import { placeOf } from './providers/guide.ts';
import { guides } from './providers/guides.ts';

/** Disconnects an account, once it was said what that means. */
export function DisconnectAccount({ account }: { account: Account }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="kith-button kith-button-danger" onClick={() => setOpen(true)}>
        Disconnect
      </button>
      <Dialog title={`Disconnect ${account.accountId}?`} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Confirmation account={account} onCancel={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Confirmation({ account, onCancel }: { account: Account; onCancel: () => void }) {
  const { accountId, provider } = account;
  const { state, disconnect } = useDisconnect(accountId);
  return (
    <div className="confirmation">
      <ul className="bullets">
        <li>All conversations stay at your records, and its own addresses still count as your team.</li>
        <li>
          Nothing new arrives: {placeOf(guides[provider])} is refused from now on. Remove the address there
          too.
        </li>
        <li>
          Its credentials are forgotten, and fetching of history ends. Connect an account of the same name to
          go on with it.
        </li>
      </ul>
      {state.err !== null && <FailureLine err={state.err} />}
      <p className="form-actions">
        <button
          type="button"
          className="kith-button kith-button-danger"
          aria-disabled={state.isBusy}
          onClick={() => void disconnect()}
        >
          {state.isBusy ? 'Disconnecting…' : `Disconnect ${accountId}`}
        </button>
        <button type="button" className="kith-button" onClick={onCancel}>
          Keep it
        </button>
      </p>
    </div>
  );
}

function useDisconnect(accountId: string) {
  const { client } = useKith();
  const [, go] = useLocation();
  const refresh = useRefreshAccounts();
  const [state, setState] = useState<{ isBusy: boolean; err: unknown }>({ isBusy: false, err: null });
  const disconnect = async () => {
    if (state.isBusy) return;
    setState({ isBusy: true, err: null });
    try {
      await client.write.accounts.delete.mutate({ accountId });
      refresh();
      go(paths.accounts);
    } catch (err) {
      setState({ isBusy: false, err });
    }
  };
  return { state, disconnect };
}
