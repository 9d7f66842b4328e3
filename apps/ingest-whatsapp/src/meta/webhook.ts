/*
 * A webhook of Meta: any number of entries (a WhatsApp Business account each), of changes (one of its numbers each),
 * of messages, statuses and whatever Meta adds next.
 *
 * Every thing in it is one item, in the order in which it stands there. A change that holds none is one ignored item.
 */
import { field, listOf, objectOf, textOf } from '@kith/ingest/loose-json';
import type { ParsedItem } from '@kith/ingest/provider';
import { createIdentifierReader, type IdentifierReader, scopeOf } from '../chat/identifiers.ts';
import { ignored, notOfProvider } from '../chat/items.ts';
import { isConversationField, isKnownField } from './fields.ts';
import { readHistory } from './history.ts';
import { type Line, lineOf } from './line.ts';
import { readMessage } from './messages.ts';
import { readStateSync, readUserIdUpdate } from './relations.ts';
import { errorText, readStatus } from './statuses.ts';

/** Whose webhook it is, as far as that decides what it says. */
export interface Recipient {
  accountId: string;
  settings: Readonly<Record<string, unknown>>;
}

/** The items of a webhook; at least one. `json` is undefined where the body is no JSON. */
export function readWebhook(json: unknown, recipient: Recipient): ParsedItem[] {
  if (objectOf(json) === null) return [notOfProvider('the body is not a webhook of Meta')];
  const object = textOf(field(json, 'object'));
  if (object !== null && object !== 'whatsapp_business_account') {
    return [ignored('unknown_event_type', `object "${object}"`)];
  }
  const items = listOf(field(json, 'entry')).flatMap((entry) => readEntry(entry, recipient));
  return items.length > 0 ? items : [ignored('nothing_for_us', 'a webhook without entries')];
}

function readEntry(entry: unknown, { accountId, settings }: Recipient): ParsedItem[] {
  const scope = scopeOf(field(settings, 'portfolioId'), field(entry, 'id'), accountId);
  const read = createIdentifierReader(scope);
  const items = listOf(field(entry, 'changes')).flatMap((change) => readChange(change, { read, accountId }));
  return items.length > 0 ? items : [ignored('nothing_for_us', 'an entry without changes')];
}

function readChange(change: unknown, by: { read: IdentifierReader; accountId: string }): ParsedItem[] {
  const name = textOf(field(change, 'field')) ?? '';
  if (!isConversationField(name)) {
    const reason = isKnownField(name) ? 'not_a_conversation_event' : 'unknown_event_type';
    return [ignored(reason, `field "${name}"`)];
  }
  const value = field(change, 'value');
  const line = lineOf(value, by.read, by.accountId);
  // While Meta's own agent has the conversation, the lists lie one level deeper.
  const items = [...readLists(value, line), ...readLists(field(value, 'standby'), line)];
  if (items.length > 0) return items;
  const errors = listOf(field(value, 'errors')).map((error) =>
    ignored('not_a_conversation_event', `error ${errorText(error)}`),
  );
  return errors.length > 0 ? errors : [ignored('nothing_for_us', `field "${name}" with nothing in it`)];
}

type ListReader = (entry: unknown, line: Line) => ParsedItem | ParsedItem[];

/** The lists of a change, which all its fields share. */
const lists: readonly (readonly [string, ListReader])[] = [
  ['messages', (entry, line) => readMessage(entry, { line, isIncoming: true })],
  ['message_echoes', (entry, line) => readMessage(entry, { line })],
  ['statuses', readStatus],
  ['history', readHistory],
  ['state_sync', readStateSync],
  ['user_id_update', readUserIdUpdate],
  ['user_id_updates', readUserIdUpdate],
];

function readLists(value: unknown, line: Line): ParsedItem[] {
  return lists.flatMap(([key, reader]) => listOf(field(value, key)).flatMap((entry) => reader(entry, line)));
}
