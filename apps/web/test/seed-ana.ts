import type { PageStack } from './page-stack.ts';
import { insertConversation, insertMessage, insertPerson, insertRecord } from './seed.ts';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Two records, and Ana's chat: markup, an attachment, a long text, and more messages than two pages hold. */
export async function seedAna({ db }: PageStack) {
  await insertRecord(db, {
    recordId: '93',
    title: 'Ana Lima',
    email: 'ana@lima.example',
    lastActivityAt: minutesAgo(1),
  });
  await insertRecord(db, { recordId: '94', title: 'Bruno Costa', email: 'bruno@costa.example' });
  const personId = await insertPerson(db, {
    channel: 'whatsapp',
    identifier: '+5511987654321',
    displayName: 'Ana',
    recordId: '93',
    status: 'linked',
    confidence: 0.95,
  });
  const conversationId = await insertConversation(db, { channel: 'whatsapp', people: [personId] });
  const message = { conversationId, channel: 'whatsapp', senderId: personId } as const;
  const offer = { name: 'offer.pdf', type: 'application/pdf', size: 48_213 };
  await insertMessage(db, {
    ...message,
    sentAt: minutesAgo(2),
    text: 'See <img src=x onerror=alert(1)>',
    attachments: [offer],
  });
  const long = Array.from({ length: 40 }, (_, index) => `Paragraph ${index}`).join('\n');
  await insertMessage(db, { ...message, sentAt: minutesAgo(3), text: long });
  for (let index = 1; index <= 120; index += 1) {
    await insertMessage(db, { ...message, sentAt: minutesAgo(index * 60), text: `Earlier message ${index}` });
  }
  return { personId, conversationId };
}
