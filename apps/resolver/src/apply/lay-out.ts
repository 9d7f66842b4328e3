/*
 * The items of a batch, laid out by what they are for set-based writing. Pure.
 *
 * Every copy of a message counts for its thread, its people and its sightings, also a repeated one: the copy in the
 * sender's mailbox may name a Bcc that the recipient's does not, and what is known must not depend on which copy
 * came first (Invariant 3).
 */
import type {
  DeliveredDeletion,
  DeliveredEdit,
  DeliveredMedia,
  DeliveredMessage,
  DeliveredReaction,
  DeliveredRelation,
  DeliveredStatus,
  DeliveryItem,
} from '@kith/contracts';
import type { Arrived } from './decode.ts';
import { inMilliseconds, messageIdOf, shownTime } from './items.ts';

/** An item, and where it came from. Times are ISO 8601 with exactly three decimals. */
export interface Said<Item extends DeliveryItem = DeliveryItem> {
  item: Item;
  arrived: Arrived;
  receivedAt: string;
  /** When it was so: as it claims, unless that is missing or in the future. */
  at: string;
  /** The message that it is, or is about. */
  messageId: string | null;
}

/** Something that is about a message. */
export type OfMessage<Item extends DeliveryItem> = Said<Item> & { messageId: string };

/** One copy of a message; `sentAt` is its `at`. */
export interface MessageCopy extends OfMessage<DeliveredMessage> {
  sentAt: string;
}

/** All of a batch, in the order of the stream. */
export interface BatchItems {
  ofDelivery: ReadonlyMap<Arrived, readonly Said[]>;
  copies: MessageCopy[];
  statuses: OfMessage<DeliveredStatus>[];
  reactions: OfMessage<DeliveredReaction>[];
  edits: OfMessage<DeliveredEdit>[];
  deletions: OfMessage<DeliveredDeletion>[];
  relations: Said<DeliveredRelation>[];
  media: Said<DeliveredMedia>[];
}

/** Lays out the items of the deliveries. */
export function layOut(workspace: string, batch: readonly Arrived[]): BatchItems {
  const ofDelivery = new Map<Arrived, Said[]>();
  const lists = noItems();
  for (const arrived of batch) {
    const receivedAt = inMilliseconds(arrived.delivery.receivedAt);
    const said = arrived.delivery.items.map((item) => addTo(lists, { workspace, arrived, receivedAt }, item));
    ofDelivery.set(arrived, said);
  }
  return { ofDelivery, ...lists };
}

type Lists = Omit<BatchItems, 'ofDelivery'>;
type Origin = { workspace: string; arrived: Arrived; receivedAt: string };

const noItems = (): Lists => ({
  copies: [],
  statuses: [],
  reactions: [],
  edits: [],
  deletions: [],
  relations: [],
  media: [],
});

function addTo(lists: Lists, origin: Origin, item: DeliveryItem): Said {
  const { arrived, receivedAt } = origin;
  switch (item.kind) {
    case 'message': {
      const said = aboutMessage(origin, item, { externalId: item.externalId, at: item.sentAt });
      return added(lists.copies, { ...said, sentAt: said.at });
    }
    case 'status':
      return added(lists.statuses, toldOf(origin, item));
    case 'reaction':
      return added(lists.reactions, toldOf(origin, item));
    case 'edit':
      return added(lists.edits, toldOf(origin, item));
    case 'deletion':
      return added(lists.deletions, toldOf(origin, item));
    case 'relation': {
      const at = inMilliseconds(shownTime(item.at, receivedAt));
      return added(lists.relations, { item, arrived, receivedAt, at, messageId: null });
    }
    case 'media':
      return added(lists.media, { item, arrived, receivedAt, at: receivedAt, messageId: null });
    case 'ignored':
    case 'unreadable':
      return { item, arrived, receivedAt, at: receivedAt, messageId: null };
  }
}

function toldOf<Item extends DeliveryItem & { messageId: string; at: string | null }>(
  origin: Origin,
  item: Item,
): OfMessage<Item> {
  return aboutMessage(origin, item, { externalId: item.messageId, at: item.at });
}

function aboutMessage<Item extends DeliveryItem>(
  { workspace, arrived, receivedAt }: Origin,
  item: Item,
  about: { externalId: string; at: string | null },
): OfMessage<Item> {
  const messageId = messageIdOf(workspace, arrived.delivery.channel, about.externalId);
  return { item, arrived, receivedAt, at: inMilliseconds(shownTime(about.at, receivedAt)), messageId };
}

function added<T>(list: T[], one: T): T {
  list.push(one);
  return one;
}
