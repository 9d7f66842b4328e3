/*
 * Where the deliveries of a migration are in Kith: recorded, with their messages, or not there.
 *
 * Kith keeps that it took a delivery in also when its messages were cleared since, so that a delivery that comes again
 * counts once. A rollback, or a clear, therefore ends an id's use: when its messages are gone, the same content goes
 * by the next id of a series, which follows from the first.
 */
import type { KithClient } from '@kith/client';
import { idOf } from '@kith/service';
import type { Outcomes } from '../mail/summary.ts';
import type { Batch } from './batches.ts';

/** A batch under the id that it has or would have in Kith; `outcomes` is null where it is not there. */
export interface Located {
  batch: Batch;
  outcomes: Outcomes;
}

const idsPerCall = 100;

/** Locates batches, in their order. */
export async function locate(kith: KithClient, batches: readonly Batch[]): Promise<Located[]> {
  const located = new Map<Batch, Located>();
  let open = batches.map((first) => ({ first, batch: first }));
  for (let series = 1; open.length > 0; series += 1) {
    const recorded = await readOutcomes(
      kith,
      open.map(({ batch }) => batch.id),
    );
    const there = await readExisting(kith, [...recorded.values()].flatMap(probes));
    const gone: typeof open = [];
    for (const { first, batch } of open) {
      const outcomes = recorded.get(batch.id) ?? null;
      const isGone = outcomes !== null && probes(outcomes).some((id) => !there.has(id));
      if (isGone) gone.push({ first, batch: { ...first, id: idOf(first.id, 'again', String(series)) } });
      else located.set(first, { batch, outcomes });
    }
    open = gone;
  }
  return batches.flatMap((batch) => located.get(batch) ?? []);
}

/** The first and the last message of a delivery stand for all. */
function probes(outcomes: Outcomes): string[] {
  const ids = outcomes?.flatMap(({ messageId }) => messageId ?? []) ?? [];
  return [...new Set([ids.at(0), ids.at(-1)])].filter((id) => id !== undefined);
}

async function readOutcomes(
  kith: KithClient,
  deliveryIds: readonly string[],
): Promise<Map<string, Outcomes>> {
  const { items } = await kith.read.deliveries.outcomes.query({ deliveryIds: [...deliveryIds] });
  return new Map(
    items.flatMap(({ deliveryId, outcomes }) => (outcomes === null ? [] : [[deliveryId, outcomes]])),
  );
}

async function readExisting(kith: KithClient, ids: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>();
  for (let start = 0; start < ids.length; start += idsPerCall) {
    const messageIds = ids.slice(start, start + idsPerCall);
    for (const { id } of (await kith.read.messages.get.query({ messageIds })).items) found.add(id);
  }
  return found;
}
