/*
 * Which accounts a sync asks, and for what; and why it cannot ask the others. Pure.
 */
import {
  type Channel,
  historyOf,
  type Identifier,
  identifyingKinds,
  type Provider,
  type SyncReason,
} from '@kith/contracts';

/** An account, as far as it decides whether it can be asked. */
export interface AskedAccount {
  accountId: string;
  channel: Channel;
  provider: Provider;
  settings: Readonly<Record<string, unknown>>;
}

/** What to ask one account for, or why not. */
export interface PlannedPart {
  account: AskedAccount;
  /** Null for everything. */
  identifiers: Identifier[] | null;
  notPossible: SyncReason | null;
}

/** More than this many identifiers of one record are not asked for at once. */
const identifiersMax = 500;

/** One part for each account. `identifiers` are of all channels; null is for everything. */
export function planParts(
  accounts: readonly AskedAccount[],
  identifiers: readonly Identifier[] | null,
): PlannedPart[] {
  return accounts.map((account) => {
    const asked = identifiers === null ? null : identifiersOn(account.channel, identifiers);
    const history = historyOf(account.provider, account.settings);
    if (history !== 'can_be_asked') return { account, identifiers: asked, notPossible: history };
    const notPossible = asked?.length === 0 ? 'no_identifiers' : null;
    return { account, identifiers: asked, notPossible };
  });
}

/** Those by which somebody is known on a channel. */
export function identifiersOn(channel: Channel, identifiers: readonly Identifier[]): Identifier[] {
  const kinds: readonly string[] = identifyingKinds[channel];
  return identifiers.filter(({ kind }) => kinds.includes(kind)).slice(0, identifiersMax);
}
