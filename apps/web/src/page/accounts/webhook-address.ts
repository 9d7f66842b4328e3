/* Where a provider posts to, and whether it can get there from the internet. */
import type { Channel, Provider } from '@kith/client';

/** Who can reach an address: everybody, only this machine or network, or it is not known where it is. */
export type Reach = 'everybody' | 'nearby' | 'unknown';

/** An account's address, as far as it is known: the whole URL, or its path alone. */
export interface WebhookAddress {
  url: string;
  reach: Reach;
}

type WebhookUrls = { readonly [C in Channel]?: string };

/** The address of an account on the ingest service of its channel. */
export function webhookAddress(
  account: { accountId: string; channel: Channel; provider: Provider },
  urls: WebhookUrls,
): WebhookAddress {
  const path = `/webhooks/${account.provider}/${account.accountId}`;
  const base = urls[account.channel];
  if (base === undefined) return { url: path, reach: 'unknown' };
  return { url: `${base.replace(/\/+$/, '')}${path}`, reach: isNearby(base) ? 'nearby' : 'everybody' };
}

/** The setting of the web app that says where a channel's webhooks go. */
export const webhookSetting = (channel: Channel): string => `KITH_WEBHOOKS_${channel.toUpperCase()}_URL`;

/** Loopback, the private ranges of RFC 1918 and RFC 4193, and names that only a local network knows. */
const nearbyHosts = [
  /^localhost$/,
  /\.(local|localhost|internal|lan|home\.arpa)$/,
  /^[^.:]+$/,
  /^127\./,
  /^10\./,
  /^192\.168\./,
  /^169\.254\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^0\.0\.0\.0$/,
  /^\[(::1|::|f[cd].*|fe80:.*)\]$/,
];

function isNearby(base: string): boolean {
  const { hostname } = new URL(base);
  return nearbyHosts.some((form) => form.test(hostname));
}
