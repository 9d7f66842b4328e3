/*
 * A provider in miniature: it holds one connected account, and gives what happens the form in which that provider
 * posts it, with the proof that it is the provider's.
 *
 * A sender posts nothing itself. Ids are the same each time, proofs are made anew.
 */
import type { WriteInputs } from '@kith/client';
import type { ChatEvent } from '../chat/chat.ts';
import type { Mail } from '../mail/mail.ts';

/** A webhook, ready to be posted. Header names are in lower case. */
export interface Webhook {
  headers: Record<string, string>;
  body: Buffer;
}

/** When a webhook is posted and where to: some providers sign these. */
export interface Sending {
  nowMs: number;
  /** The URL as the provider was told it, which is the public one where a proxy stands before the service. */
  url: string;
}

interface Sender {
  /** As accounts are connected with it. */
  provider: WriteInputs['accounts']['upsert']['provider'];
  /** What `accounts.upsert` is to be given, so that the account takes what this sender signs. */
  secrets: Readonly<Record<string, unknown>>;
}

/** A provider of mail. */
export interface MailSender extends Sender {
  /** The webhook about a mail that arrived. */
  send(mail: Mail, sending: Sending): Webhook;
}

/** A provider of chats. */
export interface ChatSender extends Sender {
  /** The webhook about something that happened; null where the provider tells nothing of the kind. */
  send(event: ChatEvent, sending: Sending): Webhook | null;
}
