import { sql } from 'drizzle-orm';
import { type PageStack, workspace } from './page-stack.ts';
import { insertConversation, insertPerson, insertRecord } from './seed.ts';

export const manyCount = 10_000;
/** They were sent in this distance, the first of them this long ago. */
const minutesApart = 30;

/** When the message of this number was sent: `Message 1` is the newest. */
export const sentAtOf = (number: number, now: number): Date => new Date(now - number * minutesApart * 60_000);

/** A record with ten thousand messages, `Message 1` the newest, in runs of ten by turns of a chat and a mail thread. */
export async function seedMany({ db }: PageStack, now: number) {
  await insertRecord(db, { recordId: '100', title: 'Mila Many', email: 'mila@many.example' });
  const mila = { displayName: 'Mila', recordId: '100', status: 'linked', confidence: 0.95 } as const;
  const chatId = await insertPerson(db, { ...mila, channel: 'whatsapp', identifier: '+420601234567' });
  const mailId = await insertPerson(db, { ...mila, channel: 'email', identifier: 'mila@many.example' });
  const chat = await insertConversation(db, { channel: 'whatsapp', people: [chatId] });
  const mail = await insertConversation(db, { channel: 'email', people: [mailId] });
  await db.rows(sql`
    insert into message (workspace_id, id, conversation_id, channel, external_id, sender_identifier_id, sent_at,
      received_at, subject, text, raw_blob, origin)
    select ${workspace}, gen_random_uuid(), of.conversation_id, of.channel, 'many ' || n, of.sender_id, of.sent_at,
      of.sent_at, case of.channel when 'email' then 'Order ' || n / 20 end,
      'Message ' || n || repeat(E'\\nand one more line of it', n % 7), 'raw', 'sync'
    from generate_series(1, ${manyCount}::int) n, lateral (select
      case when n / 10 % 2 = 0 then ${chat}::uuid else ${mail}::uuid end as conversation_id,
      case when n / 10 % 2 = 0 then 'whatsapp' else 'email' end as channel,
      case when n / 10 % 2 = 0 then ${chatId}::uuid else ${mailId}::uuid end as sender_id,
      ${new Date(now).toISOString()}::timestamptz - make_interval(mins => n * ${minutesApart}::int) as sent_at) of`);
  await db.rows(sql`
    update conversation c set message_count = of.count, last_message_at = of.last_at
    from (select conversation_id, count(*) as count, max(sent_at) as last_at from message
      where workspace_id = ${workspace} and conversation_id in (${chat}, ${mail}) group by 1) of
    where c.workspace_id = ${workspace} and c.id = of.conversation_id`);
  return { chat, chatId };
}
