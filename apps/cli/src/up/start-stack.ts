/**
 * Starts everything in order: orphans and ports first, then servers, schema and key, services, demo. Each
 * part joins the running stack as soon as it runs, so that an interruption at any point finds what to stop.
 */

import { createCrashWatch } from './crash-report.ts';
import { startDemo } from './demo.ts';
import {
  readLocalApiKey,
  readSecretKey,
  writeLocalStack,
  type KithFolder,
  type LocalStack,
} from './folder.ts';
import { assertPortsFree, DEMO_MEDIA_PORT_OFFSET, readPortBase } from './ports.ts';
import type { Progress } from './progress.ts';
import { printReady } from './ready-block.ts';
import type { RunningStack } from './running-stack.ts';
import {
  endServerOrphans,
  openNats,
  openPostgres,
  serverPorts,
  type Server,
  type ServerContext,
} from './servers.ts';
import { endServiceOrphan, startService } from './service-process.ts';
import type { ServiceRow, StackSettings } from './services.ts';
import type { StopRequest } from './stop-request.ts';
import { LOCAL_WORKSPACE, prepareWorkspace } from './workspace.ts';

export interface StartContext {
  readonly root: string;
  readonly demo: boolean;
  readonly services: readonly ServiceRow[];
  readonly folder: KithFolder;
  readonly progress: Progress;
  readonly running: RunningStack;
  readonly stop: StopRequest;
}

type Watched = Pick<ServerContext, 'signal' | 'onExit' | 'onRecovered'>;

/** Resolves when the stack runs and said so; throws when a part cannot start or the start is interrupted. */
export async function startStack(context: StartContext): Promise<void> {
  const { folder, progress, stop } = context;
  const portBase = readPortBase(process.env);
  await makeRoom(context, portBase);
  const watched = watch(context);
  const [databaseUrl, natsUrl] = await startServers(context, {
    ...watched,
    folder,
    portBase,
    env: process.env,
  });
  stop.signal.throwIfAborted();
  const apiKey = await timed(progress, 'Database', async () =>
    prepareWorkspace(databaseUrl, await readLocalApiKey(folder)),
  );
  const urls = serviceUrls(context.services, portBase);
  const secretKey = await readSecretKey(folder);
  await startServices(context, watched, {
    databaseUrl,
    natsUrl,
    apiKey,
    urls,
    secretKey,
    blobDir: folder.blobs,
    demoMedia: `127.0.0.1:${portBase + DEMO_MEDIA_PORT_OFFSET}`,
  });
  const local: LocalStack = { workspace: LOCAL_WORKSPACE, apiKey, urls, natsUrl, databaseUrl };
  await writeLocalStack(folder, local);
  if (context.demo) await startDemo(local, { progress, signal: stop.signal });
  stop.signal.throwIfAborted();
  printReady(progress, folder, local);
}

/** A stack that was killed may have left processes on the very ports that are needed now. */
async function makeRoom({ root, folder, services }: StartContext, portBase: number): Promise<void> {
  await Promise.all([
    endServerOrphans(folder),
    ...services.map((service) => endServiceOrphan(service, root, folder)),
  ]);
  const servicePorts = services.map(({ name, portOffset }) => [name, portBase + portOffset] as const);
  await assertPortsFree({ ...Object.fromEntries(servicePorts), ...serverPorts(process.env, portBase) });
}

function watch({ progress, stop }: StartContext): Watched {
  const crashes = createCrashWatch({ progress, now: () => performance.now(), onGiveUp: () => stop.stop(1) });
  return {
    signal: stop.signal,
    onExit: crashes.report,
    onRecovered: (name) => progress.note(`${name} is running again`),
  };
}

async function startServers(context: StartContext, server: ServerContext): Promise<[string, string]> {
  const postgres = await timed(context.progress, 'Postgres', () => openPostgres(server));
  addServer(context.running, postgres);
  const nats = await timed(context.progress, 'NATS', () => openNats(server));
  addServer(context.running, nats);
  return [postgres.url, nats.url];
}

function addServer(running: RunningStack, { stop, kill }: Server): void {
  if (stop !== undefined && kill !== undefined) running.add({ stop, kill });
}

/** All at once, since none needs another to start; in the order of their rows when they are stopped. */
async function startServices(context: StartContext, watched: Watched, stack: StackSettings): Promise<void> {
  const { root, folder, progress, stop } = context;
  const start = async (row: ServiceRow): ReturnType<typeof startService> => {
    try {
      return await timed(progress, row.name, () => startService(row, { root, folder, stack, ...watched }));
    } catch (err) {
      // The others need not go on starting.
      stop.stop(1);
      throw err;
    }
  };
  const results = await Promise.allSettled(context.services.map(start));
  for (const result of results) if (result.status === 'fulfilled') context.running.add(result.value);
  const failures = results
    .filter((result) => result.status === 'rejected')
    .map(({ reason }): unknown => reason);
  if (failures.length > 0)
    throw failures.find((reason) => reason !== stop.signal.reason) ?? stop.signal.reason;
}

function serviceUrls(services: readonly ServiceRow[], portBase: number): Record<string, string> {
  return Object.fromEntries(
    services.map(({ urlKey, portOffset }) => [urlKey, `http://127.0.0.1:${portBase + portOffset}`]),
  );
}

async function timed<T>(progress: Progress, name: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  progress.done(name, performance.now() - began);
  return result;
}
