import type { PageStack } from './page-stack.ts';
import { insertMessage } from './seed.ts';

/** Who writes in which chat of which record. */
export interface Writer {
  recordId: string;
  conversationId: string;
  senderId: string;
}

/** A WhatsApp message that arrives now, told as the resolver tells it. */
export async function receiveChat(stack: PageStack, writer: Writer, text: string): Promise<void> {
  const { recordId, conversationId, senderId } = writer;
  const sentAt = new Date().toISOString();
  const messageId = await insertMessage(stack.db, {
    conversationId,
    channel: 'whatsapp',
    senderId,
    sentAt,
    text,
  });
  await stack.publishActivity({ recordId, reason: 'message', conversationId, messageId });
}
