import { useKith } from '@kith/react';
import { useEffect, useState } from 'react';
import { closePollMs, useRefreshAccounts } from './account-reads.ts';

/** How many dead letters are on their way, and of how many nothing is kept. */
export interface Replayed {
  replayed: number;
  skipped: number;
}

/** For so long after a replay the lists are read closely: what was replayed is through by then. */
const followedMs = 20_000;

interface State {
  told: Replayed | null;
  err: unknown;
  isBusy: boolean;
}

/** Reads dead letters again: those named, or all of the account. */
export function useReplay(accountId: string) {
  const { client } = useKith();
  const refresh = useRefreshAccounts();
  const [state, setState] = useState<State>({ told: null, err: null, isBusy: false });
  const run = async (deadLetterIds: readonly string[] | null) => {
    if (state.isBusy) return;
    setState({ told: null, err: null, isBusy: true });
    try {
      const told = await client.write.deadLetters.replay.mutate(
        deadLetterIds === null ? { accountId } : { deadLetterIds: [...deadLetterIds] },
      );
      setState({ told, err: null, isBusy: false });
    } catch (err) {
      setState({ told: null, err, isBusy: false });
    }
    refresh();
  };
  useEffect(() => {
    if (state.told === null) return;
    const timer = setInterval(refresh, closePollMs);
    const end = setTimeout(() => clearInterval(timer), followedMs);
    return () => {
      clearInterval(timer);
      clearTimeout(end);
    };
  }, [state.told, refresh]);
  return { ...state, run };
}
