/* Everything that happened in the demo workspace before it was looked at, as deliveries to its four accounts. */
import { type ChatDelivery, demoChatDeliveries, itemsInChatDelivery } from './chat-history.ts';
import { type DemoMail, demoMail } from './history.ts';

/** Something on its way to an account. */
export type DemoDelivery = DemoMail | ChatDelivery;

/** Mails and chats of all accounts, oldest first. `anchor` is a midnight in ISO 8601; nothing is newer. */
export function demoHistory(anchor: string): DemoDelivery[] {
  return [...demoMail(anchor), ...demoChatDeliveries(anchor)].toSorted((a, b) =>
    timeOf(a).localeCompare(timeOf(b)),
  );
}

/** How many items a delivery holds; each of them is accounted for. */
export const itemsIn = (delivery: DemoDelivery): number =>
  'mail' in delivery ? 1 : itemsInChatDelivery(delivery);

const timeOf = (delivery: DemoDelivery): string => ('mail' in delivery ? delivery.mail.date : delivery.at);
