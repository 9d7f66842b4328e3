/*
 * A piece of the history of a number that is also used in the WhatsApp Business app: up to thousands of messages,
 * in threads that are each with one person. Groups are left out by Meta; pieces arrive in any order.
 *
 * How far the account's own messages had come stands in them and is not read: it is part of the message, and no step
 * that happened now.
 */
import { field, listOf, textOf } from '@kith/ingest/loose-json';
import type { ParsedItem } from '@kith/ingest/provider';
import { ignored } from '../chat/items.ts';
import { joined, type Person } from '../chat/people.ts';
import type { Line } from './line.ts';
import { readMessage } from './messages.ts';
import { errorText } from './statuses.ts';

/** The account's user does not share the history. */
const declinedCode = '2593109';

/** The items of a piece of history; an empty piece is one ignored item. */
export function readHistory(piece: unknown, line: Line): ParsedItem[] {
  const items = [
    ...listOf(field(piece, 'errors')).map(readError),
    ...listOf(field(piece, 'threads')).flatMap((thread) => readThread(thread, line)),
  ];
  return items.length > 0 ? items : [ignored('nothing_for_us', 'a piece of history without messages')];
}

function readError(error: unknown): ParsedItem {
  const isDeclined = textOf(field(error, 'code')) === declinedCode;
  return ignored(isDeclined ? 'history_declined' : 'not_a_conversation_event', `error ${errorText(error)}`);
}

function readThread(thread: unknown, line: Line): ParsedItem[] {
  const person = personOf(thread, line);
  return listOf(field(thread, 'messages')).map((message) => readMessage(message, { line, thread: person }));
}

/** A thread is named by the person's number or business-scoped id; its context may know both. */
function personOf(thread: unknown, line: Line): Person {
  const context = field(thread, 'context');
  const named = line.named({ id: field(thread, 'id') });
  const known = line.named({
    id: field(context, 'wa_id'),
    userId: field(context, 'user_id'),
    parentUserId: field(context, 'parent_user_id'),
  });
  return joined(named, known);
}
