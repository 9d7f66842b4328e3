import type { PageStack } from './page-stack.ts';
import {
  insertConversation,
  insertFailure,
  insertMessage,
  insertPerson,
  insertReaction,
  insertRecord,
} from './seed.ts';

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Duarte's mail with a quote and answers between quotes, and his chat: answers, reactions, deliveries, files. */
export async function seedDuarte({ db }: PageStack) {
  await insertRecord(db, {
    recordId: '96',
    title: 'Duarte Reis',
    email: 'duarte@reis.example',
    lastActivityAt: minutesAgo(1),
  });
  const duarte = { displayName: 'Duarte', recordId: '96', status: 'linked', confidence: 0.95 } as const;
  const chatId = await insertPerson(db, { ...duarte, channel: 'whatsapp', identifier: '+351912345678' });
  const mailId = await insertPerson(db, { ...duarte, channel: 'email', identifier: 'duarte@reis.example' });
  const ours = { channel: 'whatsapp', displayName: 'Sales', status: 'internal' } as const;
  const salesId = await insertPerson(db, { ...ours, identifier: '+351210000000' });
  const chat = {
    conversationId: await insertConversation(db, { channel: 'whatsapp', people: [chatId, salesId] }),
    channel: 'whatsapp',
  } as const;
  const mail = {
    conversationId: await insertConversation(db, { channel: 'email', people: [mailId] }),
    channel: 'email',
    senderId: mailId,
  } as const;
  await insertMessage(db, {
    ...mail,
    sentAt: minutesAgo(50),
    subject: 'Re: Offer 2231',
    newText: 'We take it.',
    text: 'We take it.\n\nKind regards\nDuarte\n\nOn 2 Nov 2026 at 10:12 Sales <sales@acme.example> wrote:\n> Here is the offer.',
  });
  await insertMessage(db, {
    ...mail,
    sentAt: minutesAgo(45),
    subject: 'Re: Offer 2231',
    newText: 'By Friday.\n\nTwo.',
    text: '> When?\nBy Friday.\n> How many?\nTwo.',
  });
  const askedId = await insertMessage(db, {
    ...chat,
    senderId: salesId,
    sentAt: minutesAgo(40),
    text: 'Shall we deliver on Friday, or is Monday better for you and your people?',
    status: 'read',
  });
  await insertMessage(db, {
    ...chat,
    senderId: chatId,
    sentAt: minutesAgo(35),
    text: 'Friday!',
    repliesTo: askedId,
  });
  await insertReaction(db, { messageId: askedId, personId: chatId, emoji: '👍' });
  await insertReaction(db, { messageId: askedId, personId: salesId, emoji: '👍' });
  await insertMessage(db, {
    ...chat,
    senderId: salesId,
    sentAt: minutesAgo(30),
    text: 'On our way',
    status: 'failed',
  });
  await insertMessage(db, {
    ...chat,
    senderId: chatId,
    sentAt: minutesAgo(20),
    text: 'The plan',
    attachments: [
      { name: 'plan.pdf', type: 'application/pdf', size: 48_213 },
      { name: 'photo.jpg', type: 'image/jpeg', size: 0, mediaKey: 'meta:1' },
      { name: 'old.mp4', type: 'video/mp4', size: 0, mediaKey: 'meta:2' },
    ],
  });
  await insertFailure(db, { channel: 'whatsapp', mediaKey: 'meta:2', failure: 'not_found' });
  const { conversationId } = chat;
  const changedId = await insertMessage(db, {
    ...chat,
    senderId: chatId,
    sentAt: minutesAgo(10),
    text: 'At 9',
  });
  return { changedId, conversationId, chatId };
}
