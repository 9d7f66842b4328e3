import { type BlobRef, Channel, type DeadLetterReason } from '@kith/contracts';
import type { Database, Tx } from '@kith/database';
import { findUnrecorded, recordOutcomes } from './accounting.ts';
import type { Arrived } from './decode.ts';

/** The account of what was no delivery, and so came through none that is known. */
export const undecodableAccount = 'unknown';

/** Ends every item of a delivery that cannot be written as a dead letter, with the error and without its values. */
export async function writeDeadDelivery(tx: Tx, arrived: Arrived, cause: unknown): Promise<void> {
  await writeDead(tx, arrived, { reason: 'write_failed', detail: describe(cause) });
}

/** Ends a stream message that is no delivery as one dead-lettered item of the workspace in its subject. */
export async function writeDeadMessage(
  db: Database,
  input: {
    workspace: string;
    subject: string;
    seq: number;
    deliveryId: string;
    reason: string;
    raw: BlobRef;
    at: string;
  },
): Promise<void> {
  const channel = Channel.catch('email').parse(input.subject.split('.').at(-2));
  const arrived: Arrived = {
    seq: input.seq,
    bytes: 0,
    delivery: {
      version: 1,
      id: input.deliveryId,
      workspace: input.workspace,
      accountId: undecodableAccount,
      channel,
      provider: 'mime',
      origin: 'webhook',
      receivedAt: input.at,
      raw: input.raw,
      items: [{ kind: 'unreadable', reason: 'invalid_delivery', detail: input.reason }],
    },
  };
  await db.write(input.workspace, (tx) =>
    writeDead(tx, arrived, { reason: 'invalid_delivery', detail: input.reason }),
  );
}

async function writeDead(
  tx: Tx,
  arrived: Arrived,
  end: { reason: DeadLetterReason; detail: string },
): Promise<void> {
  if ((await findUnrecorded(tx, [arrived])).length === 0) return;
  const { items } = arrived.delivery;
  await recordOutcomes(tx, [
    {
      arrived,
      outcomes: items.map(() => ({ outcome: 'dead_lettered', reason: end.reason })),
      details: new Map(items.map((_, index) => [index, end.detail])),
    },
  ]);
}

/** The error's class and code: its message may quote the row, and rows are personal data. */
export function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return 'unknown error';
  const { code, constraint, column } = cause as { code?: string; constraint?: string; column?: string };
  return [cause.name, code, constraint, column].filter((part) => part !== undefined).join(' ');
}
