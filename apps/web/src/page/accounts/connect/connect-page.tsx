/* Connects an account: which channel, which provider, what to do there, and whether it works. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { hrefOf, paths } from '../../shell/links.ts';
import { usePageTitle } from '../../shell/page-title.ts';
import type { AccountForm } from '../account-form.ts';
import { useAccounts } from '../account-reads.ts';
import { AccountSetup, FirstDelivery } from '../account-setup.tsx';
import { AddressField } from '../address-field.tsx';
import { placeOf } from '../providers/guide.ts';
import { guides } from '../providers/guides.ts';
import { Steps } from '../steps.tsx';
import { AccountFields } from './account-fields.tsx';
import { type Chosen, ChooseProvider } from './choose-provider.tsx';
import { useAccountForm } from './use-account-form.ts';

/** From nothing to the first delivery. */
export function ConnectPage() {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [saved, setSaved] = useState<AccountForm | null>(null);
  usePageTitle('Connect an account');
  return (
    <div className="connect">
      <a className="back" href={hrefOf(paths.accounts)}>
        ← Accounts
      </a>
      {chosen === null ? (
        <>
          <h1>Connect an account</h1>
          <ChooseProvider onChoose={setChosen} />
        </>
      ) : saved === null ? (
        <Fill chosen={chosen} onBack={() => setChosen(null)} onSaved={setSaved} />
      ) : (
        <Connected chosen={chosen} form={saved} />
      )}
    </div>
  );
}

function Fill(props: { chosen: Chosen; onBack: () => void; onSaved: (form: AccountForm) => void }) {
  const { chosen, onBack, onSaved } = props;
  const { name, before, isPullOnly = false } = guides[chosen.provider];
  const accounts = useAccounts();
  const state = useAccountForm({ ...chosen, taken: accounts.data?.items ?? [] }, onSaved);
  const accountId = state.form.accountId.trim();
  return (
    <>
      <FocusedHeading>Connect {name}</FocusedHeading>
      {before.length > 0 && (
        <section aria-labelledby="first">
          <h2 id="first">First</h2>
          <Steps steps={before} />
        </section>
      )}
      <AccountFields
        of={chosen}
        state={state}
        submit="Connect"
        onCancel={onBack}
        {...(isPullOnly || accountId === ''
          ? {}
          : { address: <AddressField account={{ ...chosen, accountId }} secrets={state.form.secrets} /> })}
      />
    </>
  );
}

function Connected({ chosen, form }: { chosen: Chosen; form: AccountForm }) {
  const { accountId } = form;
  const guide = guides[chosen.provider];
  const { isPullOnly = false } = guide;
  const accounts = useAccounts({ isAwaited: true });
  const account = accounts.data?.items.find((candidate) => candidate.accountId === accountId);
  return (
    <>
      <FocusedHeading>{accountId} is connected</FocusedHeading>
      <section aria-labelledby="there">
        <h2 id="there">{isPullOnly ? 'What comes next' : `Now at ${placeOf(guide)}`}</h2>
        <AccountSetup account={{ ...chosen, accountId }} secrets={form.secrets} />
      </section>
      {account !== undefined && !isPullOnly && <FirstDelivery account={account} />}
      <p className="form-actions">
        <a className="kith-button" href={hrefOf(paths.account(accountId))}>
          Open the account
        </a>
        <a href={hrefOf(paths.accounts)}>All accounts</a>
      </p>
    </>
  );
}

/** What had the focus is gone with the step before: whoever listens hears where they are now. */
function FocusedHeading({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
