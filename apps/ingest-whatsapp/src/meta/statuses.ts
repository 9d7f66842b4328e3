/* How far a message of the account has come: one entry of `statuses` for each recipient and step. */
import type { Identifier, MessageStatus } from '@kith/contracts';
import { cleanText } from '@kith/ingest/clean-text';
import { field, firstText, instantOfSeconds, listOf, textOf } from '@kith/ingest/loose-json';
import type { ParsedItem } from '@kith/ingest/provider';
import { idOf } from '../chat/conversations.ts';
import { ignored } from '../chat/items.ts';
import { type Line, userIdOf } from './line.ts';

const steps: ReadonlyMap<string, MessageStatus> = new Map<string, MessageStatus>([
  ['accepted', 'queued'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'read'],
  ['played', 'played'],
  ['failed', 'failed'],
]);

/** The item that a status is. */
export function readStatus(entry: unknown, line: Line): ParsedItem {
  const written = textOf(field(entry, 'status')) ?? '';
  const messageId = idOf(field(entry, 'id'));
  if (messageId === null) return ignored('nothing_for_us', 'a status of no message');
  const at = instantOfSeconds(field(entry, 'timestamp'));
  if (written === 'deleted') return { kind: 'deletion', messageId, at };
  const status = steps.get(written);
  if (status === undefined) return ignored('unknown_event_type', `status "${written}"`);
  return {
    kind: 'status',
    messageId,
    status,
    recipient: recipientOf(entry, line),
    at,
    detail: detailOf(entry),
  };
}

/** Of a group `recipient_id` is the group, and the participant who got so far stands beside it. */
function recipientOf(entry: unknown, { read }: Line): Identifier | null {
  const isGroup = textOf(field(entry, 'recipient_type')) === 'group';
  const names = isGroup ? 'recipient_participant' : 'recipient';
  const number = field(entry, `${names}_id`);
  const userId = field(entry, `${names}_user_id`);
  const parentId = field(entry, `${names}_parent_user_id`);
  return read(number) ?? userIdOf(userId, read) ?? userIdOf(parentId, read);
}

function detailOf(entry: unknown): string | null {
  const errors = listOf(field(entry, 'errors')).map(errorText).filter(Boolean);
  return textOf(cleanText(errors.join('; '), 1000));
}

/** An error of Meta's: `131047: Re-engagement message`. */
export function errorText(error: unknown): string {
  return [firstText(error, 'code'), firstText(error, 'title', 'message')].filter(Boolean).join(': ');
}
