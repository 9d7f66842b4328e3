export { account, accountIdentifier, apiKey, teamIdentity, workspace } from './workspaces.ts';
export { pipeline, record, recordHint, recordIdentifier } from './records.ts';
export {
  linkEvent,
  participant,
  participantClue,
  participantDecision,
  participantIdentifier,
  participantRelation,
  participantSeparation,
} from './participants.ts';
export {
  attachment,
  conversation,
  conversationAlias,
  conversationKey,
  conversationParticipant,
  message,
  messageParticipant,
  messageSighting,
} from './conversations.ts';
export { media, messageChange, messageReaction, messageStatus } from './told-of-messages.ts';
export { accountingCount, deadLetter, delivery, outbox } from './deliveries.ts';
export { sync, syncPart } from './syncs.ts';
export { blobGarbage, erasedIdentifier } from './erasures.ts';
export { messageDay } from './message-days.ts';
export { recordChannel, recordConversation, recordMessage } from './record-reads.ts';
export { messageSearch, participantSearch, recordSearch, searchTodo } from './search.ts';
