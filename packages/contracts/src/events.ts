/*
 * The facts that other services subscribe to on `kith.events.<workspace>.<entity>.<event>`.
 *
 * CloudEvents 1.0 in JSON. They carry ids and no personal data, so that only Postgres and the blob store hold any.
 * A consumer must tolerate unknown fields: fields may be added within a schema version, never removed or changed.
 */
import * as z from 'zod';
import { Channel, Instant, MessageStatus, WorkspaceId } from './names.ts';

const id = z.string().min(1);

/** The data of each event, by its type. */
export const eventData = {
  'participant.created': z.object({ participantId: id, channel: Channel }),
  'participant.linked': z.object({
    participantId: id,
    recordId: id,
    method: z.string(),
    confidence: z.number(),
  }),
  'participant.unlinked': z.object({ participantId: id, recordId: id }),
  'participant.ambiguous': z.object({ participantId: id, candidateCount: z.int() }),
  'participant.contested': z.object({ participantId: id, recordId: id, candidateCount: z.int() }),
  'participant.merged': z.object({ participantId: id, mergedParticipantId: id }),
  'participant.split': z.object({ participantId: id, splitParticipantId: id }),
  'conversation.created': z.object({ conversationId: id, channel: Channel }),
  'conversation.merged': z.object({ conversationId: id, mergedConversationId: id }),
  'message.recorded': z.object({ messageId: id, conversationId: id, channel: Channel, origin: z.string() }),
  'message.edited': z.object({ messageId: id, conversationId: id }),
  'message.deleted': z.object({ messageId: id, conversationId: id }),
  'message.status': z.object({ messageId: id, conversationId: id, status: MessageStatus }),
  'message.reaction': z.object({ messageId: id, conversationId: id }),
  'record.upserted': z.object({ recordId: id }),
  'record.deleted': z.object({ recordId: id }),
  'record.merged': z.object({ recordId: id, mergedRecordId: id }),
  'record.unmerged': z.object({ recordId: id, unmergedRecordId: id }),
  'record.activity': z.object({
    recordId: id,
    reason: z.enum(['message', 'changed', 'linked', 'unlinked']),
    conversationId: id.optional(),
    messageId: id.optional(),
    participantId: id.optional(),
  }),
  /** Of a record's history, or an account's. */
  'sync.requested': z.object({ syncId: id, recordId: id.optional(), accountId: id.optional() }),
  /** One account's share of it: how many messages its provider gave so far, and how many of them were new. */
  'sync.progress': z.object({ syncId: id, accountId: id, fetched: z.int(), stored: z.int() }),
  /** Every account that was asked is through, and none failed. */
  'sync.completed': z.object({ syncId: id, recordId: id.optional(), stored: z.int() }),
  /** Every account that was asked is through, and these failed. */
  'sync.failed': z.object({ syncId: id, recordId: id.optional(), accountIds: z.array(id), stored: z.int() }),
  'account.connected': z.object({ accountId: id, channel: Channel }),
  'account.disconnected': z.object({ accountId: id, channel: Channel }),
} as const;

export type EventType = keyof typeof eventData;
export const eventTypes = Object.keys(eventData) as EventType[];

/** The data that an event of one type carries. */
export type EventData<T extends EventType> = z.infer<(typeof eventData)[T]>;

/** The envelope: CloudEvents 1.0 with the extension attributes `workspace` and `schemaversion`. */
export const EventEnvelope = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.literal('kith/resolver'),
  type: z.enum(eventTypes as [EventType, ...EventType[]]),
  time: Instant,
  datacontenttype: z.literal('application/json'),
  workspace: WorkspaceId,
  schemaversion: z.literal('1'),
  data: z.record(z.string(), z.unknown()),
});
export type EventEnvelope = z.infer<typeof EventEnvelope>;

/** A fact before it has an id and a time. */
export type Fact = { [T in EventType]: { type: T; data: EventData<T> } }[EventType];
