export { accountSecrets, AccountState, connectable, type ConnectableProvider } from './accounts.ts';
export {
  BlobRef,
  DeadLetterReason,
  DeliveredAttachment,
  DeliveredConversation,
  DeliveredMessage,
  DeliveredParticipant,
  Delivery,
  DeliveryItem,
  IgnoredReason,
  InboundMessage,
  ItemOutcome,
  textCharsMax,
} from './delivery.ts';
export { type ErrorCode, errorCodes, KithError } from './errors.ts';
export { type EventData, eventData, EventEnvelope, type EventType, eventTypes, type Fact } from './events.ts';
export {
  AccountId,
  Channel,
  Identifier,
  IdentifierKind,
  Instant,
  ParticipantRole,
  PipelineId,
  Provider,
  RecordId,
  WorkspaceId,
} from './names.ts';
export {
  Accounting,
  Activity,
  Attachment,
  Conversation,
  ConversationCount,
  Message,
  Participant,
  ParticipantStatus,
  Record,
  RecordSummary,
} from './shapes.ts';
export {
  accountsStream,
  accountSubject,
  eventsStream,
  eventSubject,
  inboundStream,
  inboundSubject,
} from './streams.ts';
