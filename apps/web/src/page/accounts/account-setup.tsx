/* What is left to do at the provider once an account is connected, and whether it works. */
import { CopyField, Moment } from '@kith/react/parts';
import type { Account } from './account-form.ts';
import { AddressField } from './address-field.tsx';
import { placeOf } from './providers/guide.ts';
import { guides } from './providers/guides.ts';
import { Steps } from './steps.tsx';
import { hasDelivered } from './words.ts';

type Texts = Readonly<Record<string, string>>;

/** The steps at the provider. `secrets` are those that were just typed, to be pasted there. */
export function AccountSetup({
  account,
  secrets = {},
}: {
  account: Pick<Account, 'accountId' | 'channel' | 'provider'>;
  secrets?: Texts;
}) {
  const guide = guides[account.provider];
  const pasted = guide.secrets.filter(
    ({ key }) => (guide.pasted ?? []).includes(key) && (secrets[key] ?? '') !== '',
  );
  return (
    <>
      <Steps steps={guide.after} address={<AddressField account={account} secrets={secrets} />} />
      {pasted.map(({ key, label }) => (
        <CopyField key={key} label={`${label} (shown only now)`} text={secrets[key] ?? ''} />
      ))}
    </>
  );
}

/** Whether something has come since it was connected: waiting, then “it works”. */
export function FirstDelivery({ account }: { account: Account }) {
  const { lastDeliveryAt, provider } = account;
  const hasCome = lastDeliveryAt !== null && hasDelivered(account);
  return (
    <div className={hasCome ? 'first-delivery has-come' : 'first-delivery'}>
      <p role="status">
        {hasCome ? (
          <>
            <strong>It works.</strong> A delivery came <Moment at={lastDeliveryAt} />.
          </>
        ) : (
          <>
            <strong>Waiting for the first delivery…</strong> Send a message to this account to try it.
          </>
        )}
      </p>
      {!hasCome && (
        <details>
          <summary>Nothing comes?</summary>
          <ul className="bullets">
            <li>Look into the log of webhooks at {placeOf(guides[provider])}: it says what Kith answered.</li>
            <li>401 means that the credentials differ: put them in again under Change.</li>
            <li>404 means that the address is not this account’s: copy it again.</li>
            <li>No answer means that the address cannot be reached from the internet.</li>
          </ul>
        </details>
      )}
    </div>
  );
}
