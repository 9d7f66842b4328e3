/*
 * The query service: typed reads and live subscriptions over tRPC. It writes nothing.
 *
 * Postgres may be away at the start and at any time: reads answer 503 until it is back. Live updates need NATS. The blob
 * store is no part of being ready: without it, only the bytes of files and HTML bodies are missing.
 */
import { blobStoreFromConfig } from '@kith/blobs';
import { type Bus, openBus } from '@kith/bus';
import { openDatabase } from '@kith/database';
import { createCursors, runService } from '@kith/service';
import { QueryConfig } from './config.ts';
import { createFileLinks } from './files/file-links.ts';
import { openLive } from './live.ts';
import { createQueryApp } from './server.ts';

await runService({
  name: 'query',
  config: QueryConfig,
  start: async ({ config, log, metrics, health, signal }) => {
    const blobs = blobStoreFromConfig(config);
    const fileLinks = createFileLinks(config.KITH_SECRET_KEY, () => new Date());
    const cursors = createCursors(config.KITH_SECRET_KEY);
    const db = openDatabase({
      url: config.DATABASE_URL,
      name: 'kith-query',
      statementTimeoutMs: config.KITH_STATEMENT_TIMEOUT_MS,
      slowStatements: {
        afterMs: config.KITH_SLOW_STATEMENT_MS,
        report: (slow) => log.warn(slow, 'a statement was slow'),
      },
      onConnectionError: (err) => log.warn({ err }, 'a connection to Postgres died'),
    });
    health.addDependency('postgres', () => db.ping());
    let bus: Bus | undefined;
    health.addDependency('nats', () => {
      if (bus?.isConnected() !== true) throw new Error('not connected');
    });
    bus = await openBus({ url: config.NATS_URL, name: 'kith-query', log, signal });
    const limits = { subscribersMax: config.KITH_SUBSCRIBERS_MAX };
    const live = openLive({ bus, signal, metrics, limits });
    return {
      ...createQueryApp({ db, bus, live, blobs, fileLinks, cursors, log, metrics }),
      stop: async () => {
        await live.done;
        blobs.close();
        await bus.close();
        await db.close();
      },
    };
  },
});
