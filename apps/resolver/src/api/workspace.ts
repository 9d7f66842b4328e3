import { AccountId, Instant } from '@kith/contracts';
import { createApiKey, revokeApiKey } from '@kith/database';
import { procedure, router } from '@kith/service';
import * as z from 'zod';
import { AccountInput } from '../accounts/account-input.ts';
import { disconnectAccount } from '../accounts/disconnect-account.ts';
import { upsertAccount } from '../accounts/upsert-account.ts';
import { syncAccount } from '../sync/request-sync.ts';
import { type ApiParts, change } from './context.ts';

/** How long an answer may wait for the ingest services to be told of an account. */
const tellMs = 3_000;

/** Accounts: the mailboxes, numbers and profiles that a workspace connects. */
export const accountsRouter = (parts: ApiParts) =>
  router({
    /**
     * Connects an account, or changes it. Secrets are written and never read back. The answer comes when webhooks
     * for it are accepted; while NATS is away, after three seconds.
     */
    upsert: procedure
      .meta({ rest: 'PUT /accounts/{accountId}', summary: 'Connects an account, or changes it' })
      .input(AccountInput)
      .output(z.object({ accountId: z.string(), created: z.boolean() }))
      .mutation(async ({ ctx, input }) => {
        const { created } = await change(parts, ctx, (tx, decision) =>
          upsertAccount(tx, input, { secrets: parts.secrets, ...decision }),
        );
        // A webhook may come right after this answer: NATS should hold the account by then.
        await parts.relay.statesTold(tellMs);
        return { accountId: input.accountId, created };
      }),

    /**
     * Disconnects an account: its webhooks are answered 404, its secrets are forgotten, and its syncs end. What came
     * through it stays, and its own identities stay internal; connect it again under the same id and it goes on.
     * `deleted` is false when it was not connected.
     */
    delete: procedure
      .meta({
        rest: 'DELETE /accounts/{accountId}',
        summary: 'Disconnects an account; what came through it stays',
        errors: ['account_not_found'],
      })
      .input(z.strictObject({ accountId: AccountId }))
      .output(z.object({ deleted: z.boolean() }))
      .mutation(async ({ ctx, input }) => {
        const answer = await change(parts, ctx, (tx, { at }) => disconnectAccount(tx, input.accountId, at));
        await parts.relay.statesTold(tellMs);
        return answer;
      }),

    /** Asks for everything that the account holds since then; from the beginning where `since` is left out. */
    sync: procedure
      .meta({
        rest: 'POST /accounts/{accountId}/sync',
        summary: 'Asks for everything an account holds since a time',
        errors: ['account_not_found'],
      })
      .input(z.strictObject({ accountId: AccountId, since: Instant.optional() }))
      .output(z.object({ syncId: z.string() }))
      .mutation(async ({ ctx, input: { accountId, since = null } }) => {
        const syncId = await change(parts, ctx, (tx, decision) =>
          syncAccount(tx, { accountId, since, until: decision.at, scope: 'account' }, decision),
        );
        return { syncId };
      }),
  });

/** API keys of the caller's own workspace. */
export const keysRouter = (parts: ApiParts) =>
  router({
    /** Makes an API key of the workspace. `apiKey` is told this once. */
    create: procedure
      .meta({ rest: 'POST /keys', summary: 'Makes an API key, told this once' })
      .input(z.strictObject({ name: z.string().min(1).max(100) }))
      .output(z.object({ keyId: z.string(), apiKey: z.string() }))
      .mutation(async ({ ctx, input }) => {
        const { keyId, apiKey } = await createApiKey(parts.db, {
          workspace: ctx.workspace,
          name: input.name,
        });
        return { keyId, apiKey };
      }),

    /** Ends an API key at once. Fails with `key_not_found`. */
    revoke: procedure
      .meta({ rest: 'DELETE /keys/{keyId}', summary: 'Revokes an API key', errors: ['key_not_found'] })
      .input(z.strictObject({ keyId: z.string().min(1).max(100) }))
      .output(z.object({ revoked: z.literal(true) }))
      .mutation(async ({ ctx, input }) => {
        await revokeApiKey(parts.db, { workspace: ctx.workspace, keyId: input.keyId });
        return { revoked: true as const };
      }),
  });
