/*
 * The accounts as of now: follows their stream, and can catch up with it on demand.
 *
 * A webhook that is sent right after `accounts.upsert` answered must find its account. Therefore nobody is told "no
 * such account" or "wrong secret" before a look at everything the stream held when the request came. These looks
 * are shared and spaced out, so that somebody who tries account ids at random costs NATS a few requests a second.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Bus } from '@kith/bus';
import { accountsStream, accountSubject, type Channel } from '@kith/contracts';
import type { Logger, SecretBox } from '@kith/service';
import { createAccountTable, type MountedAccount } from './account-table.ts';
import type { Provider, ProviderTools } from './provider.ts';

/** The accounts of one channel. */
export interface Accounts {
  find(provider: string, accountId: string): readonly MountedAccount[];
  /** The account of this workspace, after a look at what the stream holds when it is not known; or undefined. */
  findOwn(owner: AccountOwner): Promise<MountedAccount | undefined>;
  /** Resolves to true when everything the stream held at the time of the call is known; to false when it is not. */
  refresh(): Promise<boolean>;
  /** Throws with the reason until the stream was read to its end once. */
  check(): void;
}

/** Which account, by all that is needed to find it. */
export interface AccountOwner {
  workspace: string;
  provider: string;
  accountId: string;
}

const catchUpMs = 2_000;
const refreshEveryMs = 250;

/** Starts to follow the accounts until the signal aborts. */
export function followAccounts(options: {
  bus: Bus;
  channel: Channel;
  providers: ReadonlyMap<string, Provider>;
  secrets: SecretBox;
  tools: ProviderTools;
  log: Logger;
  signal: AbortSignal;
}): Accounts {
  const table = createAccountTable(options);
  const following = options.bus.follow({
    stream: accountsStream,
    subject: accountSubject('*', '*'),
    signal: options.signal,
    onMessage: (message) => table.apply(message.payload),
  });
  let complete = false;
  const refresh = createRefresh(async () => {
    if (!options.bus.isConnected()) return false;
    await following.caughtUp(catchUpMs);
    complete = true;
    return true;
  });
  void completeOnce(refresh, options.signal);
  const own = ({ workspace, provider, accountId }: AccountOwner): MountedAccount | undefined =>
    table.find(provider, accountId).find((account) => account.workspace === workspace);
  return {
    find: (provider, accountId) => table.find(provider, accountId),
    findOwn: async (owner) => {
      const known = own(owner);
      if (known !== undefined) return known;
      await refresh();
      return own(owner);
    },
    refresh,
    check: () => {
      if (!complete) throw new Error('the accounts are not read yet');
    },
  };
}

/** Shares one look among all who asked before it began, and spaces looks out. */
function createRefresh(look: () => Promise<boolean>): () => Promise<boolean> {
  let upcoming: Promise<boolean> | undefined;
  let beganAt = Number.NEGATIVE_INFINITY;
  const run = async (): Promise<boolean> => {
    await delay(Math.max(0, beganAt + refreshEveryMs - performance.now()));
    upcoming = undefined;
    beganAt = performance.now();
    return look().catch(() => false);
  };
  return () => (upcoming ??= run());
}

async function completeOnce(refresh: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await refresh())) {
    await delay(refreshEveryMs, undefined, { signal }).catch(() => {});
  }
}
