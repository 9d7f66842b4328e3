import { type Channel, type SyncCancellation, syncTaskSubject } from '@kith/contracts';
import type { Tx } from '@kith/database';
import { writeStates } from '../outbox/outbox.ts';

/** A part of a sync that nobody waits for any more. */
export interface CalledOff {
  partId: string;
  channel: Channel;
}

/** Calls off what is still to be fetched of the parts: instead of a task the ingest services find that there is none. */
export async function callOff(tx: Tx, parts: readonly CalledOff[]): Promise<void> {
  await writeStates(
    tx,
    parts.map(({ partId, channel }) => {
      const payload: SyncCancellation = { version: 1, partId, calledOff: true };
      return { subject: syncTaskSubject(channel, tx.workspace, partId), payload };
    }),
  );
}
