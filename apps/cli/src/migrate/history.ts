/*
 * Walks the old messages as deliveries and adds up how each ended in Kith. A run publishes what is not there yet; a
 * verification only asks. Both see the same, because deliveries are known by their content.
 *
 * A window of deliveries is published, then waited for: so neither this process nor the stream holds more than that,
 * and what was told as done is stored.
 */
import type { KithClient } from '@kith/client';
import type { Channel } from '@kith/contracts';
import { awaitOutcomes } from '../mail/await-outcomes.ts';
import type { Outcomes } from '../mail/summary.ts';
import { type Batch, type BatchItem, type BatchPage, readBatches } from './batches.ts';
import type { BrokenMessage, ItemRules } from './items.ts';
import { locate, type Located } from './locate.ts';
import type { OldSystem } from './old-system.ts';

/** How the messages of a channel ended. `missing` are in no delivery that Kith knows. */
export interface Endings {
  stored: number;
  duplicate: number;
  ignored: number;
  deadLettered: number;
  missing: number;
}

/** How all messages ended. messages = every channel's endings + broken. */
export interface HistoryTally {
  messages: number;
  channels: Record<Channel, Endings>;
  broken: Partial<Record<BrokenMessage, number>>;
}

/** A message of a delivery with how it ended: null where that is not known. */
export interface EndedItem extends BatchItem {
  channel: Channel;
  messageId: string | null;
  /** Whether it is this copy that was stored, and not one that came before. */
  isStored: boolean;
}

/** What a walk is given. */
export interface Walk {
  old: OldSystem;
  kith: KithClient;
  workspace: string;
  rules: ItemRules;
  before: string | null;
  /** Publishes what Kith does not know yet; null where it is only asked. */
  publish: ((batch: Batch) => Promise<void>) | null;
  onProgress(messages: number): void;
  /** Sees every message of a window once it ended. */
  onEnded(items: readonly EndedItem[]): Promise<void> | void;
}

const windowSize = 10;
const stalledMs = 120_000;

/** Walks all messages. */
export async function walkHistory(walk: Walk): Promise<HistoryTally> {
  const tally: HistoryTally = {
    messages: 0,
    channels: { email: noEndings(), whatsapp: noEndings(), linkedin: noEndings() },
    broken: {},
  };
  const scope = { workspace: walk.workspace, before: walk.before };
  let window: Batch[] = [];
  for await (const page of readBatches(walk.old, walk.rules, scope)) {
    addPage(tally, page);
    window.push(...page.batches);
    if (window.length < windowSize) continue;
    await settleWindow(walk, window, tally);
    window = [];
    walk.onProgress(tally.messages);
  }
  await settleWindow(walk, window, tally);
  walk.onProgress(tally.messages);
  return tally;
}

const noEndings = (): Endings => ({ stored: 0, duplicate: 0, ignored: 0, deadLettered: 0, missing: 0 });

function addPage(tally: HistoryTally, page: BatchPage): void {
  tally.messages += page.messages;
  for (const { reason } of page.broken) tally.broken[reason] = (tally.broken[reason] ?? 0) + 1;
}

async function settleWindow(walk: Walk, window: readonly Batch[], tally: HistoryTally): Promise<void> {
  const located = await locate(walk.kith, window);
  const published = await publishMissing(walk, located);
  const ended = located.flatMap(({ batch, outcomes }) =>
    endItems(tally, batch, outcomes ?? published.get(batch.id) ?? null),
  );
  await walk.onEnded(ended);
}

/** Publishes what is not there, and waits for it; answers how it ended. */
async function publishMissing(
  { kith, publish }: Walk,
  located: readonly Located[],
): Promise<ReadonlyMap<string, Outcomes>> {
  const missing = located.flatMap(({ batch, outcomes }) => (outcomes === null ? [batch] : []));
  if (publish === null || missing.length === 0) return new Map();
  for (const batch of missing) await publish(batch);
  const ids = missing.map(({ id }) => id);
  return awaitOutcomes(kith, ids, { stalledMs, onProgress: () => {} });
}

const endingOf = {
  stored: 'stored',
  duplicate: 'duplicate',
  ignored: 'ignored',
  dead_lettered: 'deadLettered',
} as const;

function endItems(tally: HistoryTally, batch: Batch, outcomes: Outcomes): EndedItem[] {
  const endings = tally.channels[batch.channel];
  return batch.items.map((item, index) => {
    const ended = outcomes?.[index];
    endings[ended === undefined ? 'missing' : endingOf[ended.outcome]] += 1;
    const isStored = ended?.outcome === 'stored';
    return { ...item, channel: batch.channel, messageId: ended?.messageId ?? null, isStored };
  });
}
