import { accountSecrets } from '@kith/contracts';
import { defineProvider, type Provider } from '@kith/ingest/provider';
import type { ChatChannel } from './chat-channel.ts';
import { acceptsUnipile } from './events.ts';
import { fetchUnipileMedia } from './fetch-media.ts';
import { fetchUnipileHistory } from './history/fetch-history.ts';
import { readChatEvents } from './read-chat-events.ts';
import { verifyUnipile } from './verify.ts';

/** `unipile` on a channel of chats. */
export function createUnipileChats(channel: ChatChannel): Provider {
  return defineProvider({
    name: 'unipile',
    secrets: accountSecrets.unipile,
    accepts: acceptsUnipile,
    verify: verifyUnipile,
    read: (received) => readChatEvents(channel, received),
    fetchMedia: fetchUnipileMedia,
    fetchHistory: (question, secrets, tools) => fetchUnipileHistory(channel, question, { secrets, ...tools }),
  });
}
