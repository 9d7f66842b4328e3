/** The local workspace: its schema, and an API key that stays the same from one start to the next. */

import { authenticateKey, createApiKey, migrate, openDatabase } from '@kith/database';

export const LOCAL_WORKSPACE = 'demo';

/** Migrates the database and answers a key of the local workspace: the known one while it is valid, else a new one. */
export async function prepareWorkspace(databaseUrl: string, knownKey: string | null): Promise<string> {
  await migrate(databaseUrl);
  await using db = openDatabase({ url: databaseUrl, name: 'kith-up', connectionsMax: 1 });
  const known = knownKey === null ? null : await authenticateKey(db, knownKey);
  if (knownKey !== null && known?.workspace === LOCAL_WORKSPACE) return knownKey;
  return (await createApiKey(db, { workspace: LOCAL_WORKSPACE, name: 'local' })).apiKey;
}
