/*
 * Deliveries as an ingest service would publish them, with only what a test cares about spelled out.
 */
import { createHash, randomUUID } from 'node:crypto';
import type { DeliveredMessage, Delivery, DeliveryItem } from '@kith/contracts';
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
}

/** A message item for a mail. */
export function mail(words: MailWords): DeliveredMessage {
  const { id, from = 'ana@lima.example', to = ['support@acme.example'], cc = [], refs = [] } = words;
  const person = (role: 'from' | 'to' | 'cc', address: string) => ({
    role,
    identifiers: [{ kind: 'email' as const, value: address }],
    displayName: role === 'from' ? (words.name ?? null) : null,
  });
  return {
    kind: 'message',
    externalId: createHash('sha256')
      .update(`${id}|${words.text ?? ''}`)
      .digest('base64url'),
    conversation: { kind: 'thread', messageIds: [...new Set([id, ...refs])] },
    participants: [
      person('from', from),
      ...to.map((address) => person('to', address)),
      ...cc.map((address) => person('cc', address)),
    ],
    subject: words.subject ?? `About ${id}`,
    text: words.text ?? `Text of ${id}`,
    html: null,
    attachments: [],
    sentAt: words.sentAt === undefined ? '2026-03-01T10:00:00.000Z' : words.sentAt,
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
