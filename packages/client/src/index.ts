export type {
  Accounting,
  Activity,
  Attachment,
  Channel,
  Conversation,
  ConversationCount,
  ErrorCode,
  Identifier,
  IdentifierKind,
  Message,
  Participant,
  ParticipantRole,
  ParticipantStatus,
  Provider,
  Record,
  RecordSummary,
} from '@kith/contracts';
export {
  createKithClient,
  type KithClient,
  type KithClientOptions,
  type ReadInputs,
  type ReadOutputs,
  type WriteInputs,
  type WriteOutputs,
} from './client.ts';
export { kithError, type KithErrorData } from './error.ts';
