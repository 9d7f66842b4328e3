/* How far a message of the account has come: a status callback, which Twilio posts in the form of a message. */
import type { MessageStatus } from '@kith/contracts';
import { cleanText } from '@kith/ingest/clean-text';
import { textOf } from '@kith/ingest/loose-json';
import type { ParsedItem } from '@kith/ingest/provider';
import { idOf } from '../chat/conversations.ts';
import type { IdentifierReader } from '../chat/identifiers.ts';
import { ignored } from '../chat/items.ts';
import type { Parameters } from './form.ts';

const steps: ReadonlyMap<string, MessageStatus> = new Map<string, MessageStatus>([
  ['accepted', 'queued'],
  ['queued', 'queued'],
  ['sending', 'queued'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['failed', 'failed'],
  ['undelivered', 'failed'],
]);

/** Steps of a message that nobody was sent, or not yet. */
const unsent = ['scheduled', 'canceled', 'cancelled'];

/** The step that a webhook tells, or null where it is about a message that came in. */
export function readStep(get: Parameters, read: IdentifierReader): ParsedItem | null {
  const written = (get('MessageStatus') ?? get('SmsStatus') ?? 'received').toLowerCase();
  if (written === 'received' || written === 'receiving') return null;
  const detail = `status "${written}"`;
  if (unsent.includes(written)) return ignored('not_a_conversation_event', detail);
  const status = steps.get(written);
  if (status === undefined) return ignored('unknown_event_type', detail);
  const messageId = idOf(get('MessageSid')) ?? idOf(get('SmsSid'));
  if (messageId === null) return ignored('nothing_for_us', 'a status of no message');
  return {
    kind: 'status',
    messageId,
    status,
    recipient: read(get('To')) ?? read(get('ExternalUserId')) ?? read(get('ExternalUserIdentifier')),
    at: null,
    detail: errorIn(get),
  };
}

function errorIn(get: Parameters): string | null {
  const error = [get('ErrorCode'), get('ErrorMessage')].filter((text) => text !== null).join(': ');
  return textOf(cleanText(error, 1000));
}
