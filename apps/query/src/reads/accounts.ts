import type { Rows } from '@kith/database';
import { sql } from 'drizzle-orm';
import type * as z from 'zod';
import type { AccountSummary } from '../shapes.ts';

/** The accounts that a workspace has connected, by id. Secrets are not read, so that they cannot be shown. */
export async function readAccounts(db: Rows, workspace: string): Promise<z.infer<typeof AccountSummary>[]> {
  return db.rows<z.infer<typeof AccountSummary>>(sql`
    select a.account_id as "accountId", a.channel, a.provider, a.created_at as "createdAt", a.settings,
      coalesce((
        select json_agg(json_build_object('kind', i.kind, 'value', i.value) order by i.kind, i.value)
        from account_identifier i
        where i.workspace_id = a.workspace_id and i.account_id = a.account_id), '[]') as identifiers,
      (select d.received_at from delivery d
        where d.workspace_id = a.workspace_id and d.account_id = a.account_id
        order by d.stream_seq desc limit 1) as "lastDeliveryAt"
    from account a
    where a.workspace_id = ${workspace} and a.deleted_at is null
    order by a.account_id`);
}
