/*
 * The Kith that is migrated into: its API, its NATS and its blob store. History goes the way of every delivery, so it
 * needs what an ingest service needs, and all of it has to be of one workspace.
 */
import { type BlobStore, blobSettings, blobStoreFromConfig } from '@kith/blobs';
import { type Bus, openBus } from '@kith/bus';
import type { KithClient } from '@kith/client';
import { accountsStream, accountSubject, WorkspaceId } from '@kith/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { connect, type Connection } from '../connection.ts';
import { CliFailure } from '../failure.ts';

/** An open Kith. */
export interface KithTarget extends AsyncDisposable {
  kith: KithClient;
  workspace: string;
  bus: Bus;
  blobs: BlobStore;
}

const connectMs = 10_000;

/** Opens everything, or says in one line what is missing. */
export async function openKithTarget(connection: Connection, env: NodeJS.ProcessEnv): Promise<KithTarget> {
  const kith = connect(connection);
  const workspace = workspaceOf(connection, env);
  const { natsUrl } = connection;
  if (natsUrl === undefined) throw new CliFailure('Where is NATS? Give NATS_URL in the environment.');
  const blobs = openBlobs(connection, env);
  await blobs.check().catch((cause: unknown) => {
    throw new CliFailure('The blob store cannot be written to: see KITH_BLOB_DIR and KITH_S3_BUCKET.', {
      cause,
    });
  });
  const bus = await openBusSoon(natsUrl);
  return {
    kith,
    workspace,
    bus,
    blobs,
    [Symbol.asyncDispose]: async () => {
      blobs.close();
      await bus.close();
    },
  };
}

/** Throws unless the account, just written through the API, is of the workspace that history is published to. */
export async function requireSameWorkspace(target: KithTarget, accountId: string): Promise<void> {
  const subject = accountSubject(target.workspace, accountId);
  for (const until = performance.now() + connectMs; performance.now() < until; await delay(200)) {
    if ((await target.bus.subjectCounts(accountsStream, subject)).size > 0) return;
  }
  throw new CliFailure(
    `The API key is not of the workspace ${target.workspace}, or NATS_URL is another Kith’s: nothing was migrated.`,
  );
}

/** The workspace of a local stack, or the one that is named. */
export function workspaceOf(connection: Connection, env: NodeJS.ProcessEnv): string {
  const named = env['KITH_WORKSPACE'] ?? connection.workspace;
  const parsed = WorkspaceId.safeParse(named);
  if (parsed.success) return parsed.data;
  throw new CliFailure('Which workspace? Give KITH_WORKSPACE in the environment, the one of the API key.');
}

/** The blob store of the services: as they are configured, or that of the local stack. */
function openBlobs({ local }: Connection, env: NodeJS.ProcessEnv): BlobStore {
  const isGiven = env['KITH_BLOB_DIR'] !== undefined || env['KITH_S3_BUCKET'] !== undefined;
  const given = isGiven || local === null ? env : { KITH_BLOB_DIR: join(local.folder, 'blobs') };
  const config = z.object(blobSettings).safeParse(given);
  if (!config.success) throw new CliFailure(`The blob store: ${z.prettifyError(config.error)}`);
  try {
    return blobStoreFromConfig(config.data);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new CliFailure(`The blob store, the same as the services’: ${problem}.`, { cause });
  }
}

async function openBusSoon(url: string): Promise<Bus> {
  const quiet = { info: () => {}, warn: () => {}, error: () => {} };
  try {
    return await openBus({ url, name: 'kith-migrate', log: quiet, signal: AbortSignal.timeout(connectMs) });
  } catch (cause) {
    throw new CliFailure('NATS does not answer (NATS_URL): is Kith running?', { cause });
  }
}
