/** The Postgres and NATS of the stack: embedded ones, or the given ones that replace them. */

import {
  endNatsOrphan,
  endPostgresOrphan,
  startNats,
  startPostgres,
  type EmbeddedNats,
  type EmbeddedPostgres,
  type ProcessExit,
} from '@kith/stack';

import type { KithFolder } from './folder.ts';
import { openLogFile } from './log-file.ts';
import { NATS_PORT_OFFSET, POSTGRES_PORT_OFFSET } from './ports.ts';

/** A server of somebody else's has only a URL: it is neither started nor stopped here. */
export type Server = { url: string } & Partial<Pick<EmbeddedPostgres & EmbeddedNats, 'stop' | 'kill'>>;

export interface ServerContext {
  readonly folder: KithFolder;
  readonly portBase: number;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly onExit: (exit: ProcessExit, logPath: string) => void;
  readonly onRecovered: (name: string) => void;
}

/** The ports of the servers that will be embedded. */
export function serverPorts(env: NodeJS.ProcessEnv, portBase: number): Record<string, number> {
  return {
    ...(given(env, 'NATS_URL') === null ? { NATS: portBase + NATS_PORT_OFFSET } : {}),
    ...(given(env, 'DATABASE_URL') === null ? { Postgres: portBase + POSTGRES_PORT_OFFSET } : {}),
  };
}

/** Ends the servers that a killed stack left behind, so that their ports are free again. */
export async function endServerOrphans(folder: KithFolder): Promise<void> {
  await Promise.all([endPostgresOrphan(folder.postgres), endNatsOrphan(folder.nats)]);
}

export async function openPostgres(context: ServerContext): Promise<Server> {
  const url = given(context.env, 'DATABASE_URL');
  if (url !== null) return { url };
  const logFile = await openLogFile(context.folder.logs, 'postgres');
  return startPostgres({
    dataDir: context.folder.postgres,
    port: context.portBase + POSTGRES_PORT_OFFSET,
    signal: context.signal,
    log: logFile.write,
    onRecovered: () => context.onRecovered('Postgres'),
    onExit: (exit) => {
      context.onExit(exit, logFile.path);
      if (exit.restartInMs === null) void logFile.close();
    },
  });
}

export async function openNats(context: ServerContext): Promise<Server> {
  const url = given(context.env, 'NATS_URL');
  if (url !== null) return { url };
  const logFile = await openLogFile(context.folder.logs, 'nats');
  return startNats({
    storeDir: context.folder.nats,
    port: context.portBase + NATS_PORT_OFFSET,
    signal: context.signal,
    log: logFile.write,
    onRecovered: () => context.onRecovered('NATS'),
    onExit: (exit) => {
      context.onExit(exit, logFile.path);
      if (exit.restartInMs === null) void logFile.close();
    },
  });
}

function given(env: NodeJS.ProcessEnv, name: 'DATABASE_URL' | 'NATS_URL'): string | null {
  const value = env[name] ?? '';
  return value === '' ? null : value;
}
