export { type UnipileAccess, accessTo } from './access.ts';
export { findUnipileAccount, type FoundAccount } from './account.ts';
export {
  createUnipileApi,
  type UnipileAnswer,
  type UnipileApi,
  type UnipileList,
  type UnipileQuery,
  type UnipileRefusal,
} from './api.ts';
export { type ChatChannel, type ChatIdMeaning } from './chat-channel.ts';
export { createUnipileChats } from './chat-provider.ts';
export {
  acceptsUnipile,
  type NotAnEvent,
  readUnipileEvents,
  type UnipileEvent,
  type UnipileReading,
} from './events.ts';
export { nobody, type UnipilePerson } from './person.ts';
export { type UnipileSecrets, verifyUnipile } from './verify.ts';
