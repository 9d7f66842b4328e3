/*
 * A webhook of Twilio's: one message that came in, or one step of a message that went out.
 *
 * Twilio posts every kind of message it carries in the same form, so what has no WhatsApp address is told apart
 * first: a text message to a phone is no WhatsApp conversation. No webhook says when something happened.
 */
import { textCharsMax } from '@kith/contracts';
import { cleanText } from '@kith/ingest/clean-text';
import { isSet } from '@kith/ingest/loose-json';
import type { ParsedItem, ParsedMessage } from '@kith/ingest/provider';
import { directWith, idOf, madeId } from '../chat/conversations.ts';
import {
  createIdentifierReader,
  type IdentifierReader,
  identifiersOf,
  scopeOf,
} from '../chat/identifiers.ts';
import { ignored, notOfProvider } from '../chat/items.ts';
import { displayNameOf, inRole, ownInRole, type Person } from '../chat/people.ts';
import { filesOf, textIn } from './content.ts';
import type { Parameters } from './form.ts';
import { readStep } from './statuses.ts';

/** Whose webhook it is, as far as that decides what it says. */
export interface Recipient {
  accountId: string;
  settings: Readonly<Record<string, unknown>>;
}

/** The item of a webhook; `get` is null where the body has no parameters. */
export function readWebhook(get: Parameters | null, { accountId, settings }: Recipient): ParsedItem {
  if (get === null || (get('AccountSid') === null && get('From') === null)) {
    return notOfProvider('the body is not a webhook of Twilio');
  }
  const channel = channelOf(get);
  if (channel === null) return ignored('unknown_event_type', 'a webhook of Twilio about no message');
  if (channel !== 'whatsapp') return ignored('not_a_conversation_event', channel);
  const scope = scopeOf(settings['portfolioId'], get('AccountSid'), accountId);
  const read = createIdentifierReader(scope);
  return readStep(get, read) ?? readIncoming(get, { read, accountId });
}

/** What carries the message, or null where the webhook is about none. */
function channelOf(get: Parameters): string | null {
  const addresses = [get('From'), get('To')].filter((address) => address !== null);
  const prefix =
    get('ChannelPrefix') ?? addresses.map((address) => /^([a-z]{1,20}):/i.exec(address)?.[1]).find(Boolean);
  if (prefix !== undefined) return prefix.toLowerCase();
  return messageSid(get) === null || addresses.length === 0 ? null : 'sms';
}

function messageSid(get: Parameters): string | null {
  return idOf(get('MessageSid')) ?? idOf(get('SmsMessageSid')) ?? idOf(get('SmsSid'));
}

function readIncoming(
  get: Parameters,
  { read, accountId }: { read: IdentifierReader; accountId: string },
): ParsedMessage {
  const own = read(get('To'));
  const sender = senderOf(get, read);
  const text = textIn(get);
  const externalId = messageSid(get) ?? madeId(get('AccountSid'), get('From'), get('To'), text);
  const line = `${idOf(get('AccountSid')) ?? accountId}/${own?.value ?? idOf(get('To')) ?? ''}`;
  const isForwarded = isSet(get('Forwarded')) || isSet(get('FrequentlyForwarded'));
  return {
    kind: 'message',
    externalId,
    conversation: directWith(line, sender, externalId),
    participants: [...inRole('from', sender), ...ownInRole('to', own)],
    subject: null,
    text: cleanText(text, textCharsMax),
    repliesTo: idOf(get('OriginalRepliedMessageSid')),
    html: null,
    attachments: filesOf(get, externalId),
    sentAt: null,
    ...(isForwarded ? { marks: ['forwarded'] } : {}),
  };
}

/** The address may be a number or a business-scoped id; the other of the two stands beside it, under either name. */
function senderOf(get: Parameters, read: IdentifierReader): Person {
  const from = get('From');
  const userIds = ['ExternalUserId', 'ExternalUserIdentifier'].map((name) => read(get(name)));
  return {
    identifiers: identifiersOf([read(from), read(get('WaId')), ...userIds]),
    displayName: displayNameOf(get('ProfileName')),
    written: idOf(from),
  };
}
