import { accountSubject } from '@kith/contracts';
import type { Database } from '@kith/database';
import { sql } from 'drizzle-orm';

/**
 * Puts the newest state of every account into the outbox again. Done at every start: a NATS that lost its data must
 * not leave the ingest services without accounts, and telling a state twice changes nothing.
 */
export async function republishAccounts(db: Database): Promise<void> {
  await db.rows(sql`
    insert into outbox (workspace_id, subject, payload)
    select workspace_id, ${accountSubject('', '').slice(0, -1)} || workspace_id || '.' || account_id,
      jsonb_build_object('version', 1, 'workspace', workspace_id, 'accountId', account_id, 'channel', channel,
        'provider', provider, 'sealedSecrets', sealed_secrets, 'settings', settings,
        'deleted', deleted_at is not null)
    from account order by workspace_id, account_id`);
}
