import { createUnipileChats } from '@kith/unipile';
import { whatsappChats } from './unipile-chats.ts';

/** WhatsApp's chats, by way of Unipile. */
export const unipile = createUnipileChats(whatsappChats);
