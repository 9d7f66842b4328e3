/*
 * API keys: where a workspace comes from.
 *
 * A key is 32 random bytes; only its SHA-256 is stored, so neither a dump nor a log can give it away. Because the
 * key is random there is nothing to slow down for guessing, and the look-up is one unique index.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { KithError, WorkspaceId } from '@kith/contracts';
import { sql } from 'drizzle-orm';
import type { Database, Rows } from './database.ts';

/** Makes a key, and its workspace if that is new. The answer is the only time the key is shown. */
export async function createApiKey(
  db: Database,
  input: { workspace: string; name: string },
): Promise<{ keyId: string; apiKey: string; workspace: string }> {
  const workspace = WorkspaceId.parse(input.workspace);
  const apiKey = `kith_${randomBytes(32).toString('base64url')}`;
  const keyId = randomUUID();
  await db.write(workspace, async (tx) => {
    await tx.rows(sql`insert into workspace (id) values (${workspace}) on conflict do nothing`);
    await tx.rows(sql`insert into api_key (workspace_id, id, name, key_hash)
      values (${workspace}, ${keyId}, ${input.name}, ${hashKey(apiKey)})`);
  });
  return { keyId, apiKey, workspace };
}

/** Ends a key at once. */
export async function revokeApiKey(db: Database, input: { workspace: string; keyId: string }): Promise<void> {
  const rows = await db.rows(sql`update api_key set revoked_at = coalesce(revoked_at, now())
    where workspace_id = ${input.workspace} and id = ${input.keyId} returning id`);
  if (rows.length === 0) {
    throw new KithError('key_not_found', 'no API key with this id', { field: 'keyId' });
  }
}

/** The workspace a key belongs to, or null for one that is unknown or revoked. */
export async function authenticateKey(
  db: Rows,
  apiKey: string,
): Promise<{ workspace: string; keyId: string } | null> {
  const [row] = await db.rows<{ workspace: string; keyId: string }>(sql`
    select workspace_id as workspace, id as "keyId" from api_key
    where key_hash = ${hashKey(apiKey)} and revoked_at is null`);
  return row ?? null;
}

const hashKey = (apiKey: string): string => createHash('sha256').update(apiKey).digest('hex');
