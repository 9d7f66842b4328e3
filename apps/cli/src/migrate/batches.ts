/*
 * Old messages as deliveries: a page of them is one delivery for each channel on it. A delivery's id follows from what
 * is in it, so that the same rows are the same delivery in every run, and a corrected mapping makes a new one.
 */
import { createHash } from 'node:crypto';
import { type Channel, type DeliveredMessage, DeliveryItem } from '@kith/contracts';
import { idOf } from '@kith/service';
import { type BrokenMessage, type ItemRules, itemOf } from './items.ts';
import type { OldSystem } from './old-system.ts';
import { type MessagePage, readMessagePages } from './read-messages.ts';

/** A message in a delivery, and the old row that it was. */
export interface BatchItem {
  oldId: string;
  conversationId: string;
  /** As it is published; `message` where it is one, for whoever compares. */
  item: DeliveryItem;
  message: DeliveredMessage;
  html: string | null;
  /** Everybody it names, by `identityKey`. */
  people: readonly string[];
}

/** A delivery to be. */
export interface Batch {
  id: string;
  channel: Channel;
  items: BatchItem[];
  /** The old rows. */
  rows: unknown[];
}

/** What becomes of a page of messages. */
export interface BatchPage {
  batches: Batch[];
  broken: { oldId: string; reason: BrokenMessage }[];
  messages: number;
}

/** Reads the old messages as deliveries of a workspace. */
export async function* readBatches(
  old: OldSystem,
  rules: ItemRules,
  scope: { workspace: string; before: string | null },
): AsyncGenerator<BatchPage, void> {
  for await (const page of readMessagePages(old, scope.before)) yield toBatches(rules, page, scope.workspace);
}

function toBatches(rules: ItemRules, page: MessagePage, workspace: string): BatchPage {
  const batches = new Map<Channel, Batch>();
  const broken: BatchPage['broken'] = [];
  for (const old of page.messages) {
    const made = itemOf(rules, page, old);
    if (!made.ok) {
      broken.push({ oldId: old.id, reason: made.broken });
      continue;
    }
    const { channel, item: message, html, people } = made;
    const batch = batches.get(channel) ?? { id: '', channel, items: [], rows: [] };
    const conversationId = old.conversation?.id ?? '';
    batch.items.push({ oldId: old.id, conversationId, item: checked(message), message, html, people });
    batch.rows.push(old.raw);
    batches.set(channel, batch);
  }
  for (const batch of batches.values()) batch.id = deliveryId(rules, batch, workspace);
  return { batches: [...batches.values()], broken, messages: page.messages.length };
}

/** What does not fit a delivery is a dead letter with its reason, and the row is kept. */
function checked(message: DeliveredMessage): DeliveryItem {
  const result = DeliveryItem.safeParse(message);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.code}`);
  return { kind: 'unreadable', reason: 'invalid_delivery', detail: fields.join('; ').slice(0, 1000) };
}

function deliveryId({ mapping, source }: ItemRules, { channel, items }: Batch, workspace: string): string {
  const hash = createHash('sha256');
  for (const { oldId, item, html } of items) hash.update(JSON.stringify([oldId, withoutKind(item), html]));
  const { accountId } = mapping.accounts[channel];
  return idOf('legacy delivery', workspace, accountId, source, hash.digest('hex'));
}

/** Whether a chat is a group depends on who is known to be the company by now, which must not make another delivery. */
function withoutKind(item: DeliveryItem): unknown {
  return item.kind === 'message' ? { ...item, conversation: { ...item.conversation, kind: null } } : item;
}
