/*
 * The accounts that this service can serve, in memory, found by the provider and account id of a webhook URL.
 *
 * Account ids are unique within a workspace only, and the URL names no workspace: one id may stand for several
 * accounts, and the credential of the request decides which.
 */
import { AccountState, type Channel } from '@kith/contracts';
import type { Logger, SecretBox } from '@kith/service';
import type { AccountGuard, Provider, ProviderTools } from './provider.ts';

/** An account whose secrets could be opened. */
export interface MountedAccount extends AccountGuard {
  workspace: string;
  accountId: string;
  settings: Readonly<Record<string, unknown>>;
}

/** The accounts known now. */
export interface AccountTable {
  /** Takes a state in as it came from the stream; one that cannot be used takes the account away. */
  apply(payload: Uint8Array): void;
  find(provider: string, accountId: string): readonly MountedAccount[];
}

interface Parts {
  channel: Channel;
  providers: ReadonlyMap<string, Provider>;
  secrets: SecretBox;
  tools: ProviderTools;
  log: Logger;
}

/** An empty table. */
export function createAccountTable(parts: Parts): AccountTable {
  const byOwner = new Map<string, { route: string; account: MountedAccount }>();
  const byRoute = new Map<string, MountedAccount[]>();
  const rebuild = (route: string): void => {
    const accounts = [...byOwner.values()].filter((entry) => entry.route === route);
    if (accounts.length === 0) byRoute.delete(route);
    else
      byRoute.set(
        route,
        accounts.map((entry) => entry.account),
      );
  };
  return {
    find: (provider, accountId) => byRoute.get(routeOf(provider, accountId)) ?? [],
    apply: (payload) => {
      const state = readState(payload, parts.log);
      if (state === null) return;
      const owner = ownerOf(state);
      const before = byOwner.get(owner);
      const account = mount(parts, state);
      if (account === null) byOwner.delete(owner);
      else byOwner.set(owner, { route: routeOf(state.provider, state.accountId), account });
      if (before !== undefined) rebuild(before.route);
      rebuild(routeOf(state.provider, state.accountId));
    },
  };
}

const routeOf = (provider: string, accountId: string): string => `${provider}/${accountId}`;
const ownerOf = (state: AccountState): string => `${state.workspace}/${state.accountId}`;

function readState(payload: Uint8Array, log: Logger): AccountState | null {
  try {
    return AccountState.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  } catch (err) {
    // The error's text quotes the state.
    const error = err instanceof Error ? err.name : typeof err;
    log.error({ error }, 'an account state cannot be read and is skipped');
    return null;
  }
}

function mount(parts: Parts, state: AccountState): MountedAccount | null {
  if (state.deleted || state.channel !== parts.channel) return null;
  const provider = parts.providers.get(state.provider);
  if (provider === undefined) return null;
  const guard = openGuard(parts, state, provider);
  if (guard === null) return null;
  return { ...guard, workspace: state.workspace, accountId: state.accountId, settings: state.settings };
}

function openGuard(parts: Parts, state: AccountState, provider: Provider): AccountGuard | null {
  const { workspace, accountId } = state;
  try {
    const guard = provider.guard(parts.secrets.open(ownerOf(state), state.sealedSecrets), parts.tools);
    if (guard === null) parts.log.warn({ workspace, accountId }, 'the account has no usable secret');
    return guard;
  } catch {
    // The error of the cipher tells nothing more, and its text could hold what must not be logged.
    parts.log.error({ workspace, accountId }, 'secrets do not open: is KITH_SECRET_KEY the resolver’s?');
    return null;
  }
}
