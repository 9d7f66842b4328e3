/* How each version tells of a connected account. */
import { networkIdOf } from '../senders/unipile-people.ts';
import type { UnipileTold } from './unipile-told.ts';

/** In v1. */
export function v1Account({ account }: UnipileTold): object {
  const { network, accountId, owner } = account;
  const type = network === 'GOOGLE' ? 'GOOGLE_OAUTH' : network;
  return {
    object: 'Account',
    id: accountId,
    type,
    name: owner?.name ?? accountId,
    created_at: '2026-01-02T03:04:05.000Z',
    sources: [{ id: `${accountId}_MESSAGING`, status: 'OK' }],
    connection_params: { im: connectionOf(account) },
  };
}

function connectionOf({ network, owner }: UnipileTold['account']): object {
  if (network === 'GOOGLE' || owner === undefined) return {};
  if (network === 'WHATSAPP') return { phone_number: owner.phone ?? null };
  return { id: networkIdOf(network, owner, 'v1'), publicIdentifier: owner.slug ?? null };
}

/** In v2. */
export function v2Account({ account }: UnipileTold): object {
  const { network, accountId, owner } = account;
  return {
    object: 'Account',
    id: accountId,
    application_id: 'app_kith',
    user_id: network === 'GOOGLE' || owner === undefined ? '' : networkIdOf(network, owner, 'v2'),
    name: owner?.name ?? accountId,
    provider: network.toLowerCase(),
    status: 'running',
    created_at: '2026-01-02T03:04:05.000Z',
    metadata: {},
  };
}
