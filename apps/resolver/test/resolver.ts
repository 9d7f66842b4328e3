/*
 * The resolver as a test meets it: its HTTP API on a real database, called with the typed tRPC client.
 */
import { randomBytes } from 'node:crypto';
import { createApiKey, openDatabase } from '@kith/database';
import { openTestDatabase } from '@kith/database/testing';
import { createKeyedHash, createLog, createSecretBox, listen } from '@kith/service';
import { createTRPCClient, httpLink } from '@trpc/client';
import { sql } from 'drizzle-orm';
import { Registry } from 'prom-client';
import type { ResolverRouter } from '../src/api/router.ts';
import { createResolverApp } from '../src/server.ts';

/** Opens the API on a database of its own, with a client for the workspace `acme` and one for another. */
export async function openResolver() {
  const database = await openTestDatabase();
  const db = openDatabase({ url: database.url, name: 'kith-resolver-test' });
  const relay = { wake: () => {}, statesTold: async () => true };
  const key = randomBytes(32).toString('base64');
  const { app } = createResolverApp({
    db,
    relay,
    secrets: createSecretBox(key),
    hash: createKeyedHash(key, 'erasure'),
    log: createLog({ name: 'resolver', level: 'silent' }),
    metrics: new Registry(),
    now: () => new Date('2026-03-02T09:00:00.000Z'),
  });
  const server = await listen({ handler: app.fetch, host: '127.0.0.1', port: 0 });
  const clientOf = (apiKey: string) =>
    createTRPCClient<ResolverRouter>({
      links: [httpLink({ url: `${server.url}/trpc`, headers: { authorization: `Bearer ${apiKey}` } })],
    });
  const keyOf = async (workspace: string) => (await createApiKey(db, { workspace, name: 'test' })).apiKey;
  return {
    db,
    url: server.url,
    acme: clientOf(await keyOf('acme')),
    other: clientOf(await keyOf('other')),
    clientOf,
    [Symbol.asyncDispose]: async () => {
      await server.close();
      await db.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

export type TestResolver = Awaited<ReturnType<typeof openResolver>>;

/** The error that a call ends with, as its caller reads it. */
export async function errorOf(
  call: Promise<unknown>,
): Promise<{ code: string; field: string | null; message: string }> {
  try {
    await call;
  } catch (err) {
    const { message, data } = err as {
      message: string;
      data?: { kith?: { code: string; field: string | null } };
    };
    return { code: data?.kith?.code ?? 'none', field: data?.kith?.field ?? null, message };
  }
  throw new Error('the call did not fail');
}

/** Empties every table but those that the clients' keys are in. */
export async function clearAllButKeys(db: TestResolver['db']): Promise<void> {
  const tables = await db.rows<{ name: string }>(sql`select format('%I', tablename) as name from pg_tables
    where schemaname = 'public' and tablename not in ('workspace', 'api_key')`);
  await db.rows(sql.raw(`truncate ${tables.map(({ name }) => name).join(', ')}`));
}
