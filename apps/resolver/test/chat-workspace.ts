/*
 * The workspace `acme` as its WhatsApp account fills it, without HTTP between: items come in, and what became of them
 * and whom was told of it is looked up.
 */
import type { Delivery, DeliveryItem } from '@kith/contracts';
import type { Database } from '@kith/database';
import { type SQL, sql } from 'drizzle-orm';
import { applyBatch } from '../src/apply/apply-batch.ts';
import type { Outcome } from '../src/apply/accounting.ts';
import { arrived, chat, type ChatWords } from './deliveries.ts';

const at = '2026-03-02T09:00:00.000Z';

export const ana = { kind: 'phone', value: '+5511987654321' } as const;
export const anaLid = { kind: 'whatsapp_lid', value: '140874994434143@lid' } as const;
export const bo = { kind: 'phone', value: '+14155552671' } as const;

/** A message of Ana's in a test's words. */
export const fromAna = (id: string, words: Partial<ChatWords> = {}) =>
  chat({ id, channel: 'whatsapp', from: [ana], ...words });

export type ChatWorkspace = ReturnType<typeof createChatWorkspace>;

export function createChatWorkspace(db: Database) {
  const tell = async (items: DeliveryItem[], overrides: Partial<Delivery> = {}): Promise<Outcome[]> => {
    const delivery = arrived(items, { channel: 'whatsapp', accountId: 'sales', ...overrides });
    const settled = await db.write('acme', (tx) => applyBatch(tx, [delivery], at));
    return settled.flatMap(({ outcomes }) => outcomes);
  };
  const rows = <T extends object>(query: SQL) => db.rows<T>(query);
  return {
    rows,
    /** Answers how the items ended. */
    tell: async (...items: DeliveryItem[]) => (await tell(items)).map(({ outcome }) => outcome),
    tellAs: tell,
    /** The facts of some types that were told since the last call, without those of others. */
    factsOf: async (...types: string[]) => {
      const told = await rows<{ type: string; data: object }>(sql`
        delete from outbox returning payload->>'type' as type, payload->'data' as data`);
      return told.filter(({ type }) => types.includes(type));
    },
    shown: async () => {
      const [message] = await rows<{
        status: string | null;
        text: string;
        conversationId: string;
        id: string;
      }>(
        sql`select id, conversation_id as "conversationId", status, text, edited_text, deleted_at from message`,
      );
      return message;
    },
    preview: async () => (await rows<{ preview: string }>(sql`select preview from conversation`))[0]?.preview,
    /** The participant that has the identifier. */
    participantOf: async (value: string) => {
      const [found] = await rows<Record<string, unknown>>(sql`
        select p.id, p.status, p.record_id, p.display_name, p.message_count, p.last_message_at,
          (select count(*)::int from conversation_participant cp where cp.participant_id = p.id) as conversations
        from participant_identifier i join participant p on p.id = i.participant_id where i.value = ${value}`);
      return found;
    },
  };
}
