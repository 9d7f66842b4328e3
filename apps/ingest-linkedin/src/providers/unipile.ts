import { createUnipileChats } from '@kith/unipile';
import { linkedinChats } from './unipile-chats.ts';

/** LinkedIn's chats and connections, by way of Unipile. */
export const unipile = createUnipileChats(linkedinChats);
