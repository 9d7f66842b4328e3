import type { Database, Tx } from '@kith/database';
import type { KeyedHash, SecretBox } from '@kith/service';
import type { Relay } from '../outbox/relay.ts';

/** What the mutations need; `now` is the clock. */
export interface ApiParts {
  db: Database;
  relay: Pick<Relay, 'wake' | 'statesTold'>;
  secrets: SecretBox;
  /** By which names of what was erased are known. */
  hash: KeyedHash;
  now(): Date;
}

/** Who calls, for the history and for what is written. */
export interface Caller {
  workspace: string;
  keyId: string;
}

/** Runs a change in the caller's workspace, stamped with who and when, and tells the relay of it. */
export async function change<T>(
  parts: ApiParts,
  caller: Caller,
  act: (tx: Tx, decision: { actor: string; at: string }) => Promise<T>,
): Promise<T> {
  const decision = { actor: `key:${caller.keyId}`, at: parts.now().toISOString() };
  const result = await parts.db.write(caller.workspace, (tx) => act(tx, decision));
  parts.relay.wake();
  return result;
}
