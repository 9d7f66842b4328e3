import type { FollowedMessage } from '@kith/bus';
import { Activity, EventEnvelope, eventData, eventSubject } from '@kith/contracts';

/** Something that happened to a record, and its place in the stream of events. */
export interface ActivityEvent {
  seq: number;
  workspace: string;
  activity: Activity;
}

/** The subject of a workspace's activity, or of every workspace's with `*`. */
export const activitySubject = (workspace: string): string => eventSubject(workspace, 'record.activity');

/** The activity in a message of the stream; undefined for what a later version may write and this cannot read. */
export function readActivityEvent(message: FollowedMessage): ActivityEvent | undefined {
  const envelope = EventEnvelope.safeParse(parseJson(message.payload));
  if (!envelope.success || envelope.data.type !== 'record.activity') return undefined;
  // The subject is what the stream is filtered by; an envelope that says otherwise is delivered to nobody.
  if (message.subject !== activitySubject(envelope.data.workspace)) return undefined;
  const data = eventData['record.activity'].safeParse(envelope.data.data);
  if (!data.success) return undefined;
  return {
    seq: message.seq,
    workspace: envelope.data.workspace,
    activity: Activity.parse({ ...data.data, at: envelope.data.time }),
  };
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(payload));
  } catch {
    return undefined;
  }
}
