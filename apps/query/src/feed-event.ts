/*
 * An event of the stream as the feed hands it to every subscriber.
 *
 * Its subject tells workspace and type, so that what nobody listens to is never parsed; what somebody does listen to
 * is parsed once, however many they are.
 */
import type { FollowedMessage } from '@kith/bus';
import {
  type Activity,
  EventEnvelope,
  eventSubject,
  type EventType,
  eventTypes,
  WorkspaceEvent,
} from '@kith/contracts';

/** An event and its place in the stream of events. */
export interface FeedEvent {
  seq: number;
  workspace: string;
  type: EventType;
  /** The size of what was sent, in bytes. */
  bytes: number;
  /** Undefined for what a later version may write and this cannot read; it is delivered to nobody. */
  content(): WorkspaceEvent | undefined;
  /** The same as a record's subscribers are told it; undefined for what is no record's activity. */
  activity(): Activity | undefined;
}

/** What a subscriber wants of a workspace: one record's activity, or events of some types, or of all. */
export interface EventFilter {
  workspace: string;
  recordId?: string | undefined;
  types?: ReadonlySet<EventType> | undefined;
}

/** The subject of every event of a workspace, or of every workspace's with `*`; as narrow as the stream's own. */
export const eventsSubject = (workspace: string): string => eventSubject(workspace, '*.*');

const subjectPattern = /^kith\.events\.([^.]+)\.(.+)$/;
const knownTypes: ReadonlySet<string> = new Set(eventTypes);

/** The event in a message of the stream; undefined for a type that this version does not know. */
export function createFeedEvent(message: FollowedMessage): FeedEvent | undefined {
  const [, workspace, type] = subjectPattern.exec(message.subject) ?? [];
  if (workspace === undefined || type === undefined || !isKnown(type)) return undefined;
  // A copy: what NATS hands over is a window into a larger buffer, which would stay in memory with it.
  const payload = message.payload.slice();
  const content = once(() => parse(payload, { workspace, type }));
  return {
    seq: message.seq,
    workspace,
    type,
    bytes: payload.byteLength,
    content,
    activity: once(() => activityOf(content())),
  };
}

/** Whether a subscriber is to be handed an event. */
export function isWanted(event: FeedEvent, filter: EventFilter): boolean {
  if (event.workspace !== filter.workspace) return false;
  if (filter.recordId !== undefined) return recordOf(event) === filter.recordId;
  return (filter.types?.has(event.type) ?? true) && event.content() !== undefined;
}

/** The record whose activity an event tells of. */
export const recordOf = (event: FeedEvent): string | undefined =>
  event.type === 'record.activity' ? event.activity()?.recordId : undefined;

function activityOf(content: WorkspaceEvent | undefined): Activity | undefined {
  return content?.type === 'record.activity' ? { ...content.data, at: content.at } : undefined;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const isKnown = (type: string): type is EventType => knownTypes.has(type);

function parse(
  payload: Uint8Array,
  subject: { workspace: string; type: EventType },
): WorkspaceEvent | undefined {
  const envelope = EventEnvelope.safeParse(parseJson(payload));
  // The subject is what the stream is filtered by; an envelope that says otherwise is delivered to nobody.
  if (envelope.data?.workspace !== subject.workspace || envelope.data.type !== subject.type) return undefined;
  const { type, time, data } = envelope.data;
  return WorkspaceEvent.safeParse({ type, at: time, data }).data;
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
}
