/* `unipile` on the channels whatsapp and linkedin, in either version of its API. */
import type { ChatEvent, ChatPerson } from '../chat/chat.ts';
import type { ChatSender } from './sender.ts';
import { urlId } from './stable-ids.ts';
import { createUnipileWebhook, unipileEvent, type UnipileOptions } from './unipile.ts';
import type { UnipileAccount } from './unipile-attendees.ts';
import type { UnipileNetwork } from './unipile-people.ts';
import { v1Event } from './unipile-chats-v1.ts';
import { v2Event } from './unipile-chats-v2.ts';

/** The account that is connected to Unipile: its network, and its owner. */
export interface UnipileChatOptions extends UnipileOptions, Pick<UnipileAccount, 'network' | 'owner'> {
  accountId?: string;
}

/** The id under which an account is connected where it is given none. */
export const unipileAccountId = (network: UnipileNetwork, owner: ChatPerson): string =>
  urlId('unipile account', `${network} ${owner.id}`, 22);

/** A profile or number at Unipile. */
export function createUnipileChatSender({
  network,
  owner,
  accountId = unipileAccountId(network, owner),
  ...options
}: UnipileChatOptions): ChatSender {
  const webhook = createUnipileWebhook(options);
  const account: UnipileAccount = { network, owner, accountId };
  return {
    provider: 'unipile',
    secrets: webhook.secrets,
    send: (event, sending) => {
      if (webhook.apiVersion === 'v1') {
        const body = v1Event(account, event);
        return body === null ? null : webhook.post(body, sending);
      }
      const told = v2Event(account, event);
      if (told === null) return null;
      const id = urlId('unipile event', `${told.type} ${keyOf(event)}`, 26);
      const provider = network.toLowerCase();
      const { nowMs } = sending;
      return webhook.post(unipileEvent(told.type, told.payload, { id, accountId, provider, nowMs }), sending);
    },
  };
}

const keyOf = (event: ChatEvent): string =>
  event.kind === 'status' ? `${event.message.id} ${event.status} ${event.to.id}` : event.id;
