export { account, accountIdentifier, apiKey, workspace } from './workspaces.ts';
export { pipeline, record, recordIdentifier } from './records.ts';
export { linkEvent, participant, participantIdentifier, participantRejection } from './participants.ts';
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
export { accountingCount, deadLetter, delivery, outbox } from './deliveries.ts';
