import { Dialog } from '@kith/react/parts';
import { useState } from 'react';
import type { Account } from './account-form.ts';
import { AccountFields } from './connect/account-fields.tsx';
import { useAccountForm } from './connect/use-account-form.ts';

/** Changes what an account stands for, its settings, and its credentials. */
export function ChangeAccount({ account }: { account: Account }) {
  const [isOpen, setOpen] = useState(false);
  const [isSaved, setSaved] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <button type="button" className="kith-button" onClick={() => setOpen(true)}>
        Change
      </button>
      <span className="saved" role="status">
        {isSaved ? 'Saved' : ''}
      </span>
      <Dialog title={`Change ${account.accountId}`} isOpen={isOpen} onClose={close}>
        <Form
          account={account}
          onDone={() => {
            setSaved(true);
            close();
          }}
          onCancel={close}
        />
      </Dialog>
    </>
  );
}

function Form(props: { account: Account; onDone: () => void; onCancel: () => void }) {
  const { account, onDone, onCancel } = props;
  // What it was when the dialog opened: what is read in the meantime does not change what is being typed.
  const [of] = useState({ channel: account.channel, provider: account.provider, known: account });
  const state = useAccountForm(of, onDone);
  return <AccountFields of={of} state={state} submit="Save" onCancel={onCancel} />;
}
