/*
 * Messages of Twilio's list, as items. What came in is read as the webhook that told of it; what the account wrote no
 * webhook ever tells, and comes with how far it came.
 *
 * The content type is Kith's own, and no webhook is accepted with it: nobody can post a message in the account's name.
 */
import {
  firstText,
  field,
  instantOf,
  listOf,
  type Loose,
  objectOf,
  parseJson,
  textOf,
} from '@kith/ingest/loose-json';
import type { ParsedItem, ParsedMessage } from '@kith/ingest/provider';
import { cleanText } from '@kith/ingest/clean-text';
import { textCharsMax } from '@kith/contracts';
import { directWith, idOf } from '../chat/conversations.ts';
import {
  createIdentifierReader,
  type IdentifierReader,
  identifiersOf,
  scopeOf,
} from '../chat/identifiers.ts';
import { ignored, notOfProvider } from '../chat/items.ts';
import { inRole, ownInRole } from '../chat/people.ts';
import { filesOf, textIn } from './content.ts';
import type { Parameters } from './form.ts';
import { readStep } from './statuses.ts';
import { readWebhook, type Recipient } from './webhook.ts';

/** Of a page of messages that was fetched. */
export const historyContentType = 'application/vnd.kith.twilio-messages+json';

/** Whether a message of the list is one of WhatsApp's. */
export function isOnWhatsApp(message: Loose): boolean {
  return ['from', 'to'].some((key) => /^whatsapp:/i.test(textOf(field(message, key)) ?? ''));
}

/** The items of a page. */
export function readHistory(body: Uint8Array, recipient: Recipient): ParsedItem[] {
  const items = listOf(field(parseJson(body), 'messages')).flatMap((message) =>
    readListed(objectOf(message) ?? {}, recipient),
  );
  return items.length === 0 ? [ignored('nothing_for_us', 'a page without messages')] : items;
}

function readListed(message: Loose, recipient: Recipient): ParsedItem[] {
  if (textOf(field(message, 'sid')) === null)
    return [notOfProvider('a message of Twilio’s list without its sid')];
  const get = parametersOf(message);
  const isOutgoing = /^outbound/i.test(textOf(field(message, 'direction')) ?? '');
  const items = isOutgoing ? readOutgoing(message, get, recipient) : [readWebhook(get, recipient)];
  return items.map((item) => (item.kind === 'message' ? { ...item, sentAt: sentAtOf(message) } : item));
}

/** The list's fields by the names that webhooks have for them. */
function parametersOf(message: Loose): Parameters {
  const isOutgoing = /^outbound/i.test(textOf(field(message, 'direction')) ?? '');
  const named: Record<string, unknown> = {
    MessageSid: field(message, 'sid'),
    AccountSid: field(message, 'account_sid'),
    From: field(message, 'from'),
    To: field(message, 'to'),
    Body: field(message, 'body'),
    // What came in goes on to be "read" when the account has read it.
    MessageStatus: isOutgoing ? field(message, 'status') : 'received',
    ErrorCode: field(message, 'error_code'),
    ErrorMessage: field(message, 'error_message'),
  };
  for (const [n, file] of listOf(field(message, 'media')).entries()) {
    named[`MediaUrl${n}`] = field(file, 'url');
    named[`MediaContentType${n}`] = field(file, 'type');
  }
  return (name) => textOf(cleanText(firstText(named, name) ?? ''));
}

function readOutgoing(message: Loose, get: Parameters, { accountId, settings }: Recipient): ParsedItem[] {
  const read = createIdentifierReader(scopeOf(settings['portfolioId'], get('AccountSid'), accountId));
  const step = readStep(get, read);
  // One that is not sent yet, or never was, is no message.
  if (step?.kind === 'ignored' && step.reason === 'not_a_conversation_event') return [step];
  const at = instantOf(field(message, 'date_updated'));
  const status = step?.kind === 'status' ? [{ ...step, at }] : [];
  return [toMessage(get, { read, accountId }), ...status];
}

function toMessage(
  get: Parameters,
  { read, accountId }: { read: IdentifierReader; accountId: string },
): ParsedMessage {
  const own = read(get('From'));
  const to = get('To');
  const contact = { identifiers: identifiersOf([read(to)]), displayName: null, written: idOf(to) };
  const externalId = idOf(get('MessageSid')) ?? '';
  const line = `${idOf(get('AccountSid')) ?? accountId}/${own?.value ?? idOf(get('From')) ?? ''}`;
  return {
    kind: 'message',
    externalId,
    conversation: directWith(line, contact, externalId),
    participants: [...ownInRole('from', own), ...inRole('to', contact)],
    subject: null,
    text: cleanText(textIn(get), textCharsMax),
    repliesTo: null,
    html: null,
    attachments: filesOf(get, externalId),
    sentAt: null,
    byAccount: true,
  };
}

const sentAtOf = (message: Loose): string | null =>
  instantOf(field(message, 'date_sent')) ?? instantOf(field(message, 'date_created'));
