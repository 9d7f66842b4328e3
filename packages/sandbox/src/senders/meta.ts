/*
 * `meta`: WhatsApp's Cloud API on a number that is also used in the WhatsApp Business app
 * (https://developers.facebook.com/docs/whatsapp/cloud-api/guides/set-up-webhooks).
 *
 * The signature is over the bytes, in which Meta escapes what is not ASCII and every slash: whoever writes the object
 * again and signs that gets another signature.
 */
import type { ChatEvent, ChatMessage } from '../chat/chat.ts';
import { type MetaChange, metaChange, valueOf, writtenMessage } from './meta-changes.ts';
import { idsOf, metaMessageId, type MetaNumber, metaTime } from './meta-names.ts';
import { hexHmac, randomSecret } from './proofs.ts';
import type { ChatSender, Webhook } from './sender.ts';
import { userIdOf, waIdOf } from './whatsapp-ids.ts';

/** The number, and what its app at Meta was given. */
export interface MetaOptions {
  number?: MetaNumber;
  appSecret?: string;
  verifyToken?: string;
  /** For fetching files; the account is connected without one where none is given. */
  accessToken?: string;
  baseUrl?: string;
}

/** A piece of the history that a number shares when it is connected: threads of messages, each with one person. */
export interface MetaHistory {
  phase: 0 | 1 | 2;
  chunkOrder: number;
  progress: number;
  threads: readonly (readonly [ChatMessage, ...ChatMessage[]])[];
}

/** Meta also posts several things at once. */
export interface MetaSender extends ChatSender {
  send(event: ChatEvent): Webhook;
  sendTogether(events: readonly ChatEvent[]): Webhook;
  sendHistory(piece: MetaHistory): Webhook;
  /** When the account's user does not share the history. */
  sendHistoryDeclined(): Webhook;
}

/** A number of a company that does not exist: Ofcom keeps it for fiction. */
const fictionalNumber: MetaNumber = {
  phone: '+442079460999',
  phoneNumberId: '400000000000417',
  businessAccountId: '300000000000093',
};

/** An app of Meta with one number. */
export function createMetaSender({
  number = fictionalNumber,
  appSecret = randomSecret(),
  verifyToken = randomSecret(),
  accessToken,
  baseUrl,
}: MetaOptions = {}): MetaSender {
  const post = (changes: readonly MetaChange[]): Webhook => {
    const body = escapedJson({
      object: 'whatsapp_business_account',
      entry: [{ id: number.businessAccountId, changes }],
    });
    return { headers: headersFor(body, appSecret), body };
  };
  return {
    provider: 'meta',
    secrets: {
      appSecret,
      verifyToken,
      ...(accessToken === undefined ? {} : { accessToken }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
    },
    send: (event) => post([metaChange(number, event)]),
    sendTogether: (events) => post(events.map((event) => metaChange(number, event))),
    sendHistory: (piece) => post([historyOf(number, piece)]),
    sendHistoryDeclined: () => post([valueOf(number, 'history', { history: [{ errors: [declined] }] })]),
  };
}

const headersFor = (body: Buffer, appSecret: string): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'facebookexternalua',
  'x-hub-signature-256': `sha256=${hexHmac(appSecret, body)}`,
});

function escapedJson(value: unknown): Buffer {
  const json = JSON.stringify(value).replaceAll('/', '\\/');
  const ascii = json.replaceAll(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(ascii, 'latin1');
}

function historyOf(number: MetaNumber, { phase, chunkOrder, progress, threads }: MetaHistory): MetaChange {
  const metadata = { phase, chunk_order: chunkOrder, progress };
  const history = [{ metadata, threads: threads.map((messages) => threadOf(number, messages)) }];
  return valueOf(number, 'history', { history });
}

function threadOf(number: MetaNumber, messages: readonly [ChatMessage, ...ChatMessage[]]) {
  const [person] = messages[0].chat.people;
  const waId = waIdOf(person);
  return {
    id: waId ?? userIdOf(person),
    context: { ...(waId === null ? {} : { wa_id: waId }), user_id: userIdOf(person) },
    messages: messages.map((message) => pastMessage(number, message)),
  };
}

/** Files of the past are announced, and come in a webhook of their own if they are not too old. */
function pastMessage(number: MetaNumber, message: ChatMessage) {
  const { from, chat, at, content } = message;
  const [person] = chat.people;
  const sides = from === null ? { from: waIdOf(number), ...idsOf('to', person) } : idsOf('from', person);
  return {
    ...sides,
    id: metaMessageId(message),
    timestamp: metaTime(at),
    ...(content.type === 'file' ? { type: 'media_placeholder' } : writtenMessage(number, message)),
    history_context: { status: 'READ' },
  };
}

const declinedText = 'History sharing is turned off by the business from the WhatsApp Business App';
const declined = {
  code: 2593109,
  title: declinedText,
  message: declinedText,
  error_data: { details: declinedText },
};
