/*
 * Deliveries as an ingest service would publish them, with only what a test cares about spelled out.
 */
import { createHash, randomUUID } from 'node:crypto';
import type {
  DeliveredMessage,
  DeliveredParticipant,
  Delivery,
  DeliveryItem,
  Identifier,
  MessageMark,
  ParticipantNature,
} from '@kith/contracts';
import type { Arrived } from '../src/apply/decode.ts';

/** A mail in a test's words; the rest is made up, and always the same for the same words. */
export interface MailWords {
  id: string;
  from?: string;
  to?: string[];
  cc?: string[];
  refs?: string[];
  subject?: string;
  text?: string;
  sentAt?: string | null;
  name?: string;
  /** What stands behind the author, as the ingest service saw it. */
  nature?: ParticipantNature;
  marks?: MessageMark[];
}

/** A message item for a mail. */
export function mail(words: MailWords): DeliveredMessage {
  const { id, from = 'ana@lima.example', to = ['support@acme.example'], cc = [], refs = [] } = words;
  const person = (role: 'from' | 'to' | 'cc', address: string): DeliveredParticipant => ({
    role,
    identifiers: [{ kind: 'email', value: address }],
    displayName: role === 'from' ? (words.name ?? null) : null,
    ...(role === 'from' && words.nature !== undefined ? { nature: words.nature } : {}),
  });
  return {
    ...messageOf(words),
    conversation: { kind: 'thread', messageIds: [...new Set([id, ...refs])] },
    participants: [
      person('from', from),
      ...to.map((address) => person('to', address)),
      ...cc.map((address) => person('cc', address)),
    ],
    subject: words.subject ?? `About ${id}`,
  };
}

/** A WhatsApp or LinkedIn message in a test's words: each person with all the identifiers that it gives. */
export interface ChatWords {
  id: string;
  channel: 'whatsapp' | 'linkedin';
  from: readonly Identifier[];
  /** The company itself unless said otherwise. */
  to?: readonly (readonly Identifier[])[];
  /** The provider's id of the chat: one for all unless said otherwise. */
  chat?: string;
  kind?: 'direct' | 'group';
  name?: string;
  nature?: ParticipantNature;
  text?: string;
  sentAt?: string | null;
  marks?: MessageMark[];
  /** Further ids of the same chat. */
  aliases?: string[];
  /** Whether the author is the account itself, by what the provider says. */
  own?: true;
}

/** The company's own identity on each chat channel. */
export const ownIdentity = {
  whatsapp: { kind: 'phone', value: '+14155550100' },
  linkedin: { kind: 'linkedin_member', value: 'urn:li:member:1' },
} as const satisfies Record<ChatWords['channel'], Identifier>;

/** A message item for a chat; its delivery is of the same channel: `arrived([chat(words)], { channel })`. */
export function chat(words: ChatWords): DeliveredMessage {
  const person = (role: 'from' | 'to', identifiers: readonly Identifier[]): DeliveredParticipant => ({
    role,
    identifiers: [...identifiers],
    displayName: role === 'from' ? (words.name ?? null) : null,
    ...(role === 'from' && words.nature !== undefined ? { nature: words.nature } : {}),
    ...(role === 'from' && words.own === true ? { own: true } : {}),
  });
  const to = words.to ?? [[ownIdentity[words.channel]]];
  const aliases = words.aliases === undefined ? {} : { aliases: words.aliases };
  return {
    ...messageOf(words),
    conversation: { kind: words.kind ?? 'direct', externalId: words.chat ?? 'chat-1', ...aliases },
    participants: [person('from', words.from), ...to.map((identifiers) => person('to', identifiers))],
    subject: null,
  };
}

/** The external id of the message of these words, by which others speak of it. */
export const externalIdOf = (id: string, text = ''): string =>
  createHash('sha256').update(`${id}|${text}`).digest('base64url');

/** What both have; two items with the same id and text are copies of one message. */
function messageOf({ id, text, sentAt, marks }: Pick<MailWords, 'id' | 'text' | 'sentAt' | 'marks'>) {
  return {
    kind: 'message' as const,
    externalId: externalIdOf(id, text),
    text: text ?? `Text of ${id}`,
    html: null,
    attachments: [],
    sentAt: sentAt === undefined ? '2026-03-01T10:00:00.000Z' : sentAt,
    ...(marks === undefined ? {} : { marks }),
  };
}

/** A delivery of the items, with its place in the stream. */
export function arrived(items: DeliveryItem[], overrides: Partial<Delivery> = {}): Arrived {
  seq += 1;
  return {
    seq,
    bytes: 1000,
    delivery: {
      version: 1,
      id: randomUUID(),
      workspace: 'acme',
      accountId: 'support-mail',
      channel: 'email',
      provider: 'mime',
      origin: 'webhook',
      receivedAt: '2026-03-02T08:00:00.000Z',
      raw: { key: 'acme/aa/raw', size: 10 },
      items,
      ...overrides,
    },
  };
}

let seq = 0;
