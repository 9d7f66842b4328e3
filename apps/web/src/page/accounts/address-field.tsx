import { channelNames, CopyField } from '@kith/react/parts';
import { usePageConfig } from '../shell/page-config.ts';
import type { Account } from './account-form.ts';
import { placeOf } from './providers/guide.ts';
import { guides } from './providers/guides.ts';
import { type Reach, webhookAddress, webhookSetting } from './webhook-address.ts';

type Addressed = Pick<Account, 'accountId' | 'channel' | 'provider'>;

/** Where an account's provider posts to, to be copied, and whether it can get there. */
export function AddressField(props: {
  account: Addressed;
  /** Those that stand in the address, while they are known. */
  secrets?: Readonly<Record<string, string>>;
}) {
  const { account, secrets = {} } = props;
  const { url, reach } = webhookAddress(account, usePageConfig().webhookUrls);
  const { address } = guides[account.provider];
  return (
    <div className="address">
      <CopyField label="Address" text={address === undefined ? url : address(url, secrets)} />
      <ReachNote account={account} reach={reach} />
    </div>
  );
}

function ReachNote({ account: { channel, provider }, reach }: { account: Addressed; reach: Reach }) {
  const setting = <code>{webhookSetting(channel)}</code>;
  const place = placeOf(guides[provider]);
  if (reach === 'everybody') return null;
  if (reach === 'nearby') {
    return (
      <p className="reach-note">
        Only this machine or network reaches this address; {place} cannot reach it from the internet. Give{' '}
        {channelNames[channel]} webhooks a public address, and set {setting} to it for the web app.
      </p>
    );
  }
  return (
    <p className="reach-note">
      Put the public address of the service for {channelNames[channel]} webhooks in front of it. To see the
      whole address here, set {setting} for the web app.
    </p>
  );
}
